package io.castloom.service.versions;

/** A version cannot become current now, because its old object is just being removed. */
public final class DoomedVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DoomedVersionException(String key) {
    super(key + " is just being removed; publish it again in a moment");
  }
}
