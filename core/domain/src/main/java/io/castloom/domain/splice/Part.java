package io.castloom.domain.splice;

import java.util.Objects;

/** A part of a multipart upload. */
public sealed interface Part {
  /** How many bytes. */
  long length();

  /**
   * A part that the store copies itself ({@code UploadPartCopy}).
   *
   * @param source the stored bytes
   */
  record Copied(Run.Stored source) implements Part {
    /** Checks that nothing is null. */
    public Copied {
      Objects.requireNonNull(source);
    }

    @Override
    public long length() {
      return source.length();
    }
  }

  /**
   * A part that passes through us: own bytes, and stored ones that are too short to be copied,
   * which have to be read.
   *
   * @param from the first byte in the object to be made
   * @param length how many
   */
  record Sent(long from, long length) implements Part {}
}
