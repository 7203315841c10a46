package io.castloom.domain.campaign;

/**
 * Numbers that look random and are the same on every machine: FNV-1a, then Stafford's mix 13 (as in
 * SplitMix64).
 */
final class Mix {
  private Mix() {}

  static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  static long of(long seed) {
    long z = seed + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 (included) to 1 (excluded). */
  static double unit(long seed) {
    return (of(seed) >>> 11) * 0x1.0p-53;
  }
}
