package io.castloom.domain.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bucket itself does not exist or may not be used. The message names it and what to do. */
public final class NoSuchStoreException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoSuchStoreException(String store, String reason, @Nullable Throwable cause) {
    super("bucket " + store + ": " + reason, cause);
  }
}
