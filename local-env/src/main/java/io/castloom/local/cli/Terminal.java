package io.castloom.local.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody looks on. */
public final class Terminal {

  private Terminal() {}

  /** Whether input and output are a terminal, so that bars may be drawn and redrawn. */
  public static boolean isOne() {
    return System.getenv("NO_PROGRESS") == null && console() != null;
  }

  /** The terminal; null when there is none. */
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again without a terminal
  static @Nullable Console console() {
    Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }
}
