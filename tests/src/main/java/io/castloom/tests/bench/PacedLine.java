package io.castloom.tests.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to a store on this machine that carries only so much a second and connection, as a line to
 * the real one does: S3's guidelines on performance reckon with 85 to 90 MB/s a request.
 */
final class PacedLine implements AutoCloseable {

  private static final int BLOCK = 64 << 10;
  private static final long NANOS = 1_000_000_000L;

  private final ServerSocket server;
  private final URI store;
  private final double bytesPerSecond;

  private PacedLine(ServerSocket server, URI store, double bytesPerSecond) {
    this.server = server;
    this.store = store;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Begins to carry what comes. */
  static PacedLine to(URI store, double bytesPerSecond) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    PacedLine line = new PacedLine(server, store, bytesPerSecond);
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  /** What takes the store's place as an endpoint. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket here = server.accept();
        Socket there = new Socket(store.getHost(), store.getPort());
        Thread.ofPlatform().daemon().start(() -> carry(here, there));
        Thread.ofPlatform().daemon().start(() -> carry(there, here));
      }
    } catch (IOException e) {
      // closed: nothing more is carried
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] block = new byte[BLOCK];
      long due = System.nanoTime();
      for (int n = in.read(block); n > 0; n = in.read(block)) {
        out.write(block, 0, n);
        // a line that was silent has saved nothing up
        due = Math.max(due, System.nanoTime() - NANOS / 100) + (long) (n / bytesPerSecond * NANOS);
        LockSupport.parkNanos(due - System.nanoTime());
      }
    } catch (IOException e) {
      // one end is gone, and the other goes with it
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
