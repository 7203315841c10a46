package io.castloom.domain.scaling;

/** Refuses a setting by naming it, its value and the rule it breaks. */
final class Rule {
  private Rule() {}

  static void require(boolean holds, String setting, Object value, String rule) {
    if (!holds) {
      throw new InvalidSettingException(setting, setting + " " + rule + ", not " + value);
    }
  }
}
