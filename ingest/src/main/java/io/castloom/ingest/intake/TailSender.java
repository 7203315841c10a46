package io.castloom.ingest.intake;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Sends a file whose name and length are known to the store in one piece, while it still comes in.
 * The end of it is held back until the file was found to be what it should be; before that the
 * store makes nothing visible. The bytes are read from the spool, so that the store's client may
 * begin again.
 */
final class TailSender implements Closeable {
  /** Held back: enough that no buffer on the way holds the end already. */
  private static final long HELD_BYTES = 64L << 10;

  private final SpoolFile file;
  private final long length;
  private final Semaphore slots;
  private final FutureTask<PutOutcome> put;
  private boolean released;
  private boolean stopped;
  private boolean closed;

  /**
   * @param slots of which one was taken for this
   */
  TailSender(
      ObjectStore store, String key, SpoolFile file, long length, String type, Semaphore slots) {
    this.file = file;
    this.length = length;
    this.slots = slots;
    this.put = new FutureTask<>(() -> store.put(key, data(length, type), PutCondition.ifAbsent()));
    Thread.ofVirtual().name("tail").start(put);
  }

  /** More of the file has come in. */
  synchronized void grown() {
    notifyAll();
  }

  /** The file is whole and right: sends its end. */
  PutOutcome complete() throws IOException {
    synchronized (this) {
      released = true;
      notifyAll();
    }
    try {
      return put.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped while sending").initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault
          ? fault
          : new IOException("the file could not be sent to the store", e.getCause());
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      notifyAll();
      if (closed) {
        return;
      }
      closed = true;
    }
    put.cancel(true);
    slots.release();
  }

  private ObjectData data(long sizeBytes, String type) {
    return new ObjectData() {
      @Override
      public long sizeBytes() {
        return sizeBytes;
      }

      @Override
      public String contentType() {
        return type;
      }

      @Override
      public InputStream open() {
        return new Following();
      }
    };
  }

  /** How far the file may be read from here on; waits until that is further. */
  private synchronized long awaitBeyond(long position) throws IOException {
    try {
      while (!stopped && reach() <= position) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the upload was stopped").initCause(e);
    }
    if (stopped) {
      throw new IOException("the upload was stopped");
    }
    return reach();
  }

  private long reach() {
    return released ? length : Math.min(file.size(), length - HELD_BYTES);
  }

  /** Reads the file as it grows. */
  private final class Following extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
      if (wanted == 0) {
        return 0;
      }
      if (position >= length) {
        return -1;
      }
      long reach = awaitBeyond(position);
      int most = (int) Math.min(wanted, reach - position);
      try (InputStream slice = file.slice(position, most, "").open()) {
        int read = slice.read(bytes, offset, most);
        position += Math.max(0, read);
        return read;
      }
    }
  }
}
