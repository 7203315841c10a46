package io.castloom.domain.splice;

import java.util.List;

/** How an object comes to be in the store. */
public sealed interface SplicePlan {
  /** How many bytes the object has. */
  long bytes();

  /** How many bytes pass through us. */
  long throughUs();

  /** The share of its bytes that pass through us, 0 to 1; 0 for an empty object. */
  default double share() {
    return bytes() == 0 ? 0 : (double) throughUs() / bytes();
  }

  /**
   * One PUT of everything: simpler, one request instead of several.
   *
   * @param bytes how many
   */
  record PlainPut(long bytes) implements SplicePlan {
    @Override
    public long throughUs() {
      return bytes;
    }
  }

  /**
   * A multipart upload.
   *
   * @param parts in order
   */
  record Multipart(List<Part> parts) implements SplicePlan {
    /** Copies the list. */
    public Multipart {
      parts = List.copyOf(parts);
    }

    @Override
    public long bytes() {
      return parts.stream().mapToLong(Part::length).sum();
    }

    @Override
    public long throughUs() {
      return parts.stream().filter(Part.Sent.class::isInstance).mapToLong(Part::length).sum();
    }
  }
}
