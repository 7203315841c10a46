package io.castloom.service.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document is there, and is not what it should be. */
public final class UnreadableDocumentException extends IOException {

  private static final long serialVersionUID = 1;

  private final String etag;

  UnreadableDocumentException(String message, String etag, @Nullable Exception cause) {
    super(message, cause);
    this.etag = etag;
  }

  /** Of what was read, so that it can be replaced if nobody else does. */
  public String etag() {
    return etag;
  }
}
