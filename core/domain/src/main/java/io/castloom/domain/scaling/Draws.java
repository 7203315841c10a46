package io.castloom.domain.scaling;

/**
 * The futures that are weighed: a few, and the same ones at every tick and for every plan, because
 * a decision that is drawn anew each time is drawn until it falls out the expensive way. Each
 * entity (task, instance, launch) gets one value of each stratum, in an order of its own.
 */
final class Draws {
  /** How many futures; a power of two. */
  static final int COUNT = 32;

  private Draws() {}

  static long hash(String id) {
    return mix(id.hashCode() * 0x9E3779B97F4A7C15L);
  }

  static long hash(long number) {
    return mix(number * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
  }

  /** Uniform in (0, 1): the value of an entity in one future. */
  static double uniform(long entity, int future) {
    int turned =
        ((future ^ (int) (entity & (COUNT - 1))) * (int) (((entity >>> 8) << 1) | 1))
            + (int) (entity >>> 20);
    long jitter = mix(entity + future * 0xD1342543DE82EF95L) >>> 44;
    return ((turned & (COUNT - 1)) + (jitter + 0.5) / (1 << 20)) / COUNT;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
