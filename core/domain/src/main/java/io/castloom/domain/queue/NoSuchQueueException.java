package io.castloom.domain.queue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no queue of that name. */
public final class NoSuchQueueException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoSuchQueueException(String queue, @Nullable Throwable cause) {
    super("queue " + queue + " does not exist; `castloom doctor` shows which ones do", cause);
  }
}
