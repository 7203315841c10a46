package io.castloom.ingest.access;

import io.castloom.domain.account.AccountId;
import java.io.IOException;
import java.util.Optional;

/** Knows whose token a token is. Comparing takes the same time whatever is wrong with it. */
public interface Doorkeeper {
  /** Whose token this is; empty when it is nobody's. */
  Optional<Caller> admit(String token) throws IOException;

  /** The account, if the token is one of its own; for protocols that ask for a name as well. */
  default Optional<Caller> admit(AccountId account, String token) throws IOException {
    return admit(token).filter(caller -> caller.account().equals(account));
  }
}
