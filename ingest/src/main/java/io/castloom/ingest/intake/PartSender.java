package io.castloom.ingest.intake;

import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Sends a file to the store, part by part, while it still grows. The parts are read from disk when
 * it is their turn, so that slow stores cost disk and not memory.
 */
final class PartSender implements Closeable {
  private final MultipartUpload upload;
  private final SpoolFile file;
  private final String contentType;
  private final Senders senders;
  private final List<Future<?>> sent = new ArrayList<>();
  private volatile boolean stopped;

  PartSender(MultipartUpload upload, SpoolFile file, String contentType, Senders senders) {
    this.upload = upload;
    this.file = file;
    this.contentType = contentType;
    this.senders = senders;
  }

  /** The file has grown: every part that is whole goes on its way. */
  void grown() {
    while (PartSizes.offset(sent.size() + 2) <= file.size()) {
      submit(PartSizes.length(sent.size() + 1));
    }
  }

  /**
   * The file is whole: sends the rest and waits for all.
   *
   * @throws IOException a part could not be sent
   */
  PutOutcome complete(PutCondition condition) throws IOException {
    grown();
    long rest = file.size() - PartSizes.offset(sent.size() + 1);
    if (rest > 0) {
      submit(rest);
    }
    for (Future<?> part : sent) {
      await(part);
    }
    return upload.complete(condition);
  }

  /** Stops what is on its way and aborts, unless it was completed. */
  @Override
  public void close() throws IOException {
    stopped = true;
    for (Future<?> part : sent) {
      part.cancel(true);
    }
    upload.close();
  }

  private void submit(long length) {
    int number = sent.size() + 1;
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              if (!stopped) {
                upload.part(number, file.slice(PartSizes.offset(number), length, contentType));
              }
              return null;
            });
    senders.run(task);
    sent.add(task);
  }

  private static void await(Future<?> part) throws IOException {
    try {
      part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped while sending a part").initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault
          ? fault
          : new IOException("a part could not be sent to the store", e.getCause());
    }
  }
}
