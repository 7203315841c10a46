package io.castloom.domain.splice;

/**
 * What a store asks of the parts of a multipart upload.
 *
 * @param leastPart bytes of every part but the last, at least 1
 * @param mostPart bytes of a part and of a plain PUT, at least twice {@code leastPart}
 * @param mostParts how many parts
 */
public record PartLimits(long leastPart, long mostPart, int mostParts) {
  /** S3's: 5 MiB, 5 GiB, 10,000 (S3 user guide, "Multipart upload limits"). */
  public static final PartLimits S3 = new PartLimits(5L << 20, 5L << 30, 10_000);

  /** Checks the bounds. */
  public PartLimits {
    if (leastPart < 1 || mostPart < 2 * leastPart || mostParts < 1) {
      throw new IllegalArgumentException(
          "parts of " + leastPart + " to " + mostPart + " bytes, " + mostParts + " of them");
    }
  }
}
