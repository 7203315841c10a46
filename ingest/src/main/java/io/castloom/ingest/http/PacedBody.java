package io.castloom.ingest.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A request's body, whose every minute must bring something. The server's limit for idle
 * connections is passed by a byte now and then, so that whoever drips would hold a connection, and
 * what it was granted, for as long as he likes. The least is a hundredth of what a telephone sends
 * where its reception is worst, and no minute is counted before a whole one has passed: an upload
 * that waits for its first bytes, or for a tunnel to end, is not cut.
 */
public final class PacedBody extends FilterInputStream {
  /** What a minute must bring. */
  static final int LEAST_BYTES = 1 << 10;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private long minuteBegan;
  private long bytes;

  PacedBody(InputStream body, LongSupplier nanos) {
    super(body);
    this.nanos = nanos;
    this.minuteBegan = nanos.getAsLong();
  }

  /** The body of a request. */
  public static InputStream of(Context ctx) throws IOException {
    return new PacedBody(ctx.req().getInputStream(), System::nanoTime);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    came(read < 0 ? -1 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    came(read);
    return read;
  }

  /** The end of a body is never too slow. */
  private void came(int more) throws TooSlowException {
    if (more < 0) {
      return;
    }
    bytes += more;
    long now = nanos.getAsLong();
    if (now - minuteBegan < MINUTE) {
      return;
    }
    if (bytes < LEAST_BYTES) {
      throw new TooSlowException(
          "only "
              + bytes
              + " bytes came in a minute, at least "
              + LEAST_BYTES
              + " must; a resumable upload (/v1/tus) goes on where it stopped");
    }
    minuteBegan = now;
    bytes = 0;
  }
}
