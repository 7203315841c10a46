package io.castloom.domain.scaling;

/** Refuses what cannot be: a setting by its name, value and rule, and what was never learned. */
final class Rule {
  private Rule() {}

  static void require(boolean holds, String setting, Object value, String rule) {
    if (!holds) {
      throw new InvalidSettingException(setting, setting + " " + rule + ", not " + value);
    }
  }

  /** Refuses a learned value that no learning gives: the document that it came from is spoilt. */
  static void learned(boolean holds, String what, double value) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " of " + value + " was never learned");
    }
  }
}
