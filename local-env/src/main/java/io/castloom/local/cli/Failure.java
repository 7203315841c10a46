package io.castloom.local.cli;

import io.castloom.service.settings.SettingsException;

/** A command that cannot go on, said in one line that tells what to do. */
public final class Failure extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Failure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** It was asked rightly and did not work. */
  public static Failure failed(String message) {
    return new Failure(message, 1);
  }

  /** It was asked wrongly. */
  public static Failure usedWrongly(String message) {
    return new Failure(message, 2);
  }

  public int exitCode() {
    return exitCode;
  }

  /** Any exception as one line for people. */
  public static String inOneLine(Throwable exception) {
    String message = exception.getMessage();
    String text =
        message == null || message.isBlank()
            ? exception.getClass().getSimpleName()
            : exception instanceof java.nio.file.NoSuchFileException
                ? message + " does not exist"
                : message;
    return exception instanceof SettingsException
        ? String.join("; ", text.lines().toList()) // one for each setting that is wrong
        : text.lines().findFirst().orElse(text);
  }
}
