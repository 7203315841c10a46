package io.castloom.ingest.intake;

import io.castloom.domain.account.AccountId;
import java.util.Objects;

/**
 * Who sends a recording.
 *
 * @param maxBytes the largest file that is taken from him
 */
public record Uploader(AccountId account, long maxBytes) {
  public Uploader {
    Objects.requireNonNull(account);
  }
}
