package io.castloom.ingest.intake;

import java.io.IOException;

/** This server has no disk left for uploads in progress; the message says so and what to do. */
public final class SpoolFullException extends IOException {
  private static final long serialVersionUID = 1L;

  SpoolFullException(String reason) {
    super(
        "this server has no room for the upload just now ("
            + reason
            + "); nothing was kept, try again in a few minutes");
  }
}
