package io.castloom.domain.metric;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Where figures are published. */
@FunctionalInterface
public interface FigureSink {
  /**
   * Publishes figures of one instant. Publishing again what was lost in part counts twice.
   *
   * @throws IOException the service failed, or does not allow it; some may have been taken
   */
  void publish(List<Figure> figures, Instant at) throws IOException;
}
