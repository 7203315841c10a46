package io.castloom.service.stitch;

import java.io.IOException;

/** A stored piece is not what it should be. The message names it and the reason. */
public final class CorruptPieceException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptPieceException(String piece, String reason) {
    super(
        "piece "
            + piece
            + " is damaged: "
            + reason
            + "; delete it from the private bucket, and the next run makes it again");
  }
}
