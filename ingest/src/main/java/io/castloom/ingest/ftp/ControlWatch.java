package io.castloom.ingest.ftp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;

/**
 * Watches the control connection during a transfer. The end of a file and the end of its sender
 * look the same on the data connection; but a sender that ends also closes the control connection,
 * or says ABOR on it, which the server itself reads only after the transfer.
 */
final class ControlWatch extends IoFilterAdapter implements AutoCloseable {
  private static final String NAME = "castloom-watch";

  /** The filter in front of which commands are still seen at once and already decrypted. */
  private static final String THREADS = "threadPool";

  private final IoFilterChain chain;
  private final CountDownLatch gone = new CountDownLatch(1);

  private final Runnable whenAborted;

  private ControlWatch(IoFilterChain chain, Runnable whenAborted) {
    this.chain = chain;
    this.whenAborted = whenAborted;
  }

  /**
   * @param whenAborted ends the transfer, so that nobody waits for bytes that will not come; called
   *     by the server's own threads
   */
  static ControlWatch of(IoSession session, Runnable whenAborted) {
    IoFilterChain chain = session.getFilterChain();
    ControlWatch watch = new ControlWatch(chain, whenAborted);
    if (chain.contains(NAME)) {
      chain.remove(NAME);
    }
    chain.addBefore(THREADS, NAME, watch);
    if (session.isClosing() || !session.isConnected()) {
      watch.gone.countDown();
    }
    return watch;
  }

  /**
   * Whether the sender is gone or has aborted, waiting a moment for news of it: what closes both
   * connections closes them one after the other.
   */
  boolean goneWithin(Duration time) throws InterruptedException {
    return gone.await(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
  }

  @Override
  public void messageReceived(NextFilter next, IoSession session, Object message) {
    if (message instanceof IoBuffer buffer) {
      byte[] bytes = new byte[Math.min(buffer.remaining(), 512)];
      buffer.duplicate().get(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
      if (text.contains("ABOR")) {
        gone.countDown();
        whenAborted.run();
      }
    }
    next.messageReceived(session, message);
  }

  @Override
  public void inputClosed(NextFilter next, IoSession session) {
    gone.countDown();
    next.inputClosed(session);
  }

  @Override
  public void sessionClosed(NextFilter next, IoSession session) {
    gone.countDown();
    next.sessionClosed(session);
  }

  @Override
  public void close() {
    if (chain.contains(this)) {
      chain.remove(this);
    }
  }
}
