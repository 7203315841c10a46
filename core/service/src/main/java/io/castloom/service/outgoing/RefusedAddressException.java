package io.castloom.service.outgoing;

import java.io.IOException;
import java.io.Serial;

/** An address that is not called, now or later. */
public final class RefusedAddressException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  RefusedAddressException(String message) {
    super(message);
  }
}
