package io.castloom.service.settings;

import java.util.List;

/** Settings that a process cannot start with. The message has one line for each problem. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
