package io.castloom.domain.media;

import io.castloom.domain.account.AccountId;
import java.time.Instant;
import java.util.Objects;

/**
 * A recording as it was uploaded, stored once for each account.
 *
 * @param filename as the uploader called it: for people, never part of a path
 */
public record Original(
    AccountId account, Sha256 sha256, String filename, SourceMedia media, Instant storedAt) {

  public Original {
    Objects.requireNonNull(account);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(filename);
    Objects.requireNonNull(media);
    Objects.requireNonNull(storedAt);
  }

  /** Its key in the private bucket: {@code originals/<account>/<sha256>}. */
  public String key() {
    return key(account, sha256);
  }

  public static String key(AccountId account, Sha256 sha256) {
    return "originals/" + account + "/" + sha256;
  }
}
