package io.castloom.ingest.http;

import java.io.IOException;
import java.io.Serial;

/** A body that drips in: its sender holds a connection and sends next to nothing. */
final class TooSlowException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  TooSlowException(String message) {
    super(message);
  }
}
