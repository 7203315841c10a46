package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.intake.Reception;
import io.castloom.service.accounts.Account;
import java.time.Instant;

/** A file on its way in over FTP. Guarded by {@link Incoming}'s monitor. */
final class Transfer {
  private final Account account;
  private Key key;
  private Reception reception;
  private Instant touched;
  private boolean busy;

  /** Whose file it is, and where. */
  record Key(AccountId account, InPath path) {}

  /** A file as it is listed. */
  record Listed(InPath path, long sizeBytes, Instant at) {}

  Transfer(Key key, Account account, Reception reception, Instant now) {
    this.key = key;
    this.account = account;
    this.reception = reception;
    this.touched = now;
  }

  Account account() {
    return account;
  }

  Key key() {
    return key;
  }

  void move(Key to) {
    key = to;
  }

  /** Where its bytes go. */
  Reception reception() {
    return reception;
  }

  void reception(Reception next) {
    reception = next;
  }

  /** When it last stopped coming in, or began. */
  Instant touched() {
    return touched;
  }

  /** Whether bytes come in, or it is being taken in. */
  boolean busy() {
    return busy;
  }

  void begin() {
    busy = true;
  }

  void stop(Instant now) {
    busy = false;
    touched = now;
  }

  Listed listed() {
    return new Listed(key.path(), reception.received(), touched);
  }
}
