package io.castloom.ffmpeg;

import java.io.IOException;

/** No usable ffmpeg is here. The message says what was tried and the one line to type. */
public final class FfmpegMissingException extends IOException {

  private static final long serialVersionUID = 1L;

  FfmpegMissingException(String message) {
    super(message);
  }
}
