package io.castloom.ingest.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
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

  /**
   * Looks whether there is a key in it.
   *
   * @throws IOException there is none, or the file or its password is wrong; the message says which
   */
  public void check() throws IOException {
    if (!Files.isReadable(keystore)) {
      throw new IOException(
          "http.keystore is "
              + keystore
              + ", which is no file that can be read: name a PKCS #12 file with key and"
              + " certificate");
    }
    try {
      KeyStore keys = KeyStore.getInstance(keystore.toFile(), password.toCharArray());
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          return;
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "http.keystore "
              + keystore
              + " cannot be opened ("
              + e.getMessage()
              + "): is it a PKCS #12 file, and http.keystorePassword its password?",
          e);
    }
    throw new IOException("http.keystore " + keystore + " has no private key in it");
  }

  @Override
  public String toString() {
    return "TlsKeys[" + keystore + "]";
  }
}
