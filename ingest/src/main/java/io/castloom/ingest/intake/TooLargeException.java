package io.castloom.ingest.intake;

import java.io.IOException;

/** An upload is larger than is taken. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param limitBytes the most that is taken
   */
  public TooLargeException(long limitBytes) {
    super("the file is larger than the " + Sizes.text(limitBytes) + " that are taken");
  }
}
