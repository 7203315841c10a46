package io.castloom.ingest.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a little of what a refused client still sends: closing on it at once would reset the
 * connection, and he would not see why he was refused.
 */
final class Drain {
  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_NANOS = 5_000_000_000L;

  private Drain() {}

  static void rest(Context ctx) {
    if (ctx.header("Expect") != null) {
      return; // he asked before he sent
    }
    long until = System.nanoTime() + MAX_NANOS;
    long read = 0;
    byte[] buffer = new byte[32 << 10];
    try {
      InputStream in = ctx.req().getInputStream();
      int n = 0;
      while (n >= 0 && read < MAX_BYTES && System.nanoTime() < until) {
        n = in.read(buffer);
        read += Math.max(0, n);
      }
    } catch (IOException | IllegalStateException e) {
      // he is gone, or the body was read otherwise: there is nothing left to be polite about
    }
  }
}
