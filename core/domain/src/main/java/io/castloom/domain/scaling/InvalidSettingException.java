package io.castloom.domain.scaling;

import java.util.Objects;

/** A setting that cannot be taken; the message names the setting, the value and the rule. */
public final class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  InvalidSettingException(String setting, String message) {
    super(message);
    this.setting = Objects.requireNonNull(setting, "setting");
  }

  /** The key as it was written. */
  public String setting() {
    return setting;
  }
}
