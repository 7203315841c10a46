package io.castloom.domain.queue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The visibility timeout passed, so the message may be somebody else's by now. Whoever sees this
 * publishes nothing.
 */
public final class LeaseLostException extends IOException {

  private static final long serialVersionUID = 1L;

  public LeaseLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
