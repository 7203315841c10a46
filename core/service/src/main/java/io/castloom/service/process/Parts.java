package io.castloom.service.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process is made of, in the order in which it was made; closed in the opposite order. A
 * part that fails to close is logged and does not keep the others from it.
 */
public final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable thing) {}

  /** Adds a part and gives it back. */
  public synchronized <T extends AutoCloseable> T add(String name, T thing) {
    parts.push(new Part(name, thing));
    return thing;
  }

  @Override
  public void close() {
    Part part;
    while ((part = next()) != null) {
      try {
        part.thing().close();
        LOG.debug("{} closed", part.name());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.warn("interrupted while closing {}", part.name());
      } catch (Exception e) {
        LOG.warn("{} did not close well", part.name(), e);
      }
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Part next() {
    return parts.poll();
  }
}
