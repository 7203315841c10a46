package io.castloom.bitstream.flac;

import java.io.IOException;

/** A frame does not hold what its format wants. */
final class DamagedFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFrameException(String reason) {
    super("A FLAC frame is damaged: " + reason);
  }
}
