package io.castloom.local.cli;

import java.util.Objects;

/** Whether somebody looks on. */
public final class Terminal {

  private Terminal() {}

  /** Whether input and output are a terminal, so that bars may be drawn and redrawn. */
  public static boolean isOne() {
    return System.getenv("NO_PROGRESS") == null
        && Objects.requireNonNull(System.console()).isTerminal();
  }
}
