package io.castloom.service.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document is there, and is not what it should be. */
public final class UnreadableDocumentException extends IOException {

  private static final long serialVersionUID = 1;

  private final String key;
  private final String etag;
  private final byte[] bytes;

  UnreadableDocumentException(
      String key, String reason, String etag, byte[] bytes, @Nullable Exception cause) {
    super(key + " is no " + reason, cause);
    this.key = key;
    this.etag = etag;
    this.bytes = bytes.clone();
  }

  /** Where it lies. */
  public String key() {
    return key;
  }

  /** Of what was read, so that it can be replaced if nobody else does. */
  public String etag() {
    return etag;
  }

  /** What was read. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
