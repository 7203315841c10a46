package io.castloom.domain.store;

import java.util.Objects;

/** When a write takes effect. */
public sealed interface PutCondition {

  /** Whatever is there is replaced. Only for objects with one writer. */
  record Always() implements PutCondition {}

  /** Only if no object has the key (S3's {@code If-None-Match: *}). */
  record IfAbsent() implements PutCondition {}

  /**
   * Only if the object is still the one with this etag (S3's {@code If-Match}); not if there is
   * none.
   */
  record IfMatch(String etag) implements PutCondition {
    public IfMatch {
      Objects.requireNonNull(etag);
    }
  }

  static PutCondition always() {
    return new Always();
  }

  static PutCondition ifAbsent() {
    return new IfAbsent();
  }

  static PutCondition ifMatch(String etag) {
    return new IfMatch(etag);
  }
}
