package io.castloom.domain.store;

import java.io.IOException;

/** No object has the key. The message names the store and the key. */
public final class NoSuchObjectException extends IOException {

  private static final long serialVersionUID = 1L;
  private final String key;

  public NoSuchObjectException(String store, String key) {
    super("no object " + key + " in bucket " + store);
    this.key = key;
  }

  public String key() {
    return key;
  }
}
