package io.castloom.ingest.intake;

/**
 * Where the parts of an upload of unknown length lie. Parts grow with their number, so that 10,000
 * of them (S3's limit) hold 500 GiB while a short recording still travels in small ones.
 */
final class PartSizes {
  private static final long SMALL = 8L << 20;
  private static final long LARGE = 64L << 20;
  private static final int SMALL_PARTS = 1_000;

  private PartSizes() {}

  /** First byte of part {@code number}, counted from 1. */
  static long offset(int number) {
    int before = number - 1;
    long small = Math.min(before, SMALL_PARTS);
    return small * SMALL + (before - small) * LARGE;
  }

  /** Length of part {@code number} unless it is the last. */
  static long length(int number) {
    return number <= SMALL_PARTS ? SMALL : LARGE;
  }
}
