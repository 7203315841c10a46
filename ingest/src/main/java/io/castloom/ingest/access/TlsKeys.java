package io.castloom.ingest.access;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The server's key and certificate.
 *
 * @param keystore a PKCS #12 file
 */
public record TlsKeys(Path keystore, String password) {
  public TlsKeys {
    Objects.requireNonNull(keystore);
    Objects.requireNonNull(password);
  }

  @Override
  public String toString() {
    return "TlsKeys[" + keystore + "]";
  }
}
