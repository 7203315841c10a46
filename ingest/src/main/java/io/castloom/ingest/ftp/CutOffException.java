package io.castloom.ingest.ftp;

import java.io.IOException;

/** The sender left before his file was whole. What has come waits for him to go on. */
final class CutOffException extends IOException {
  private static final long serialVersionUID = 1L;

  CutOffException(String message) {
    super(message);
  }
}
