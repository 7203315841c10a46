package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class AccountCommandTest {

  @Test
  void an_account_is_shown_without_what_could_sign_a_callback() throws IOException {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z"));
    Accounts accounts = new Accounts(new MemoryObjectStore("private", clock), clock);
    AccountId bob = new AccountId("bob");
    accounts.add(bob, Account.Role.CUSTOMER);
    String token = accounts.newToken(bob, "first").orElseThrow();
    Account account = accounts.list().getFirst();

    String shown = AccountCommand.shown(account).toString();

    assertThat(shown)
        .contains("\"id\":\"bob\"", "\"name\":\"first\"")
        .doesNotContain(account.tokens().getFirst().sha256().toString())
        .doesNotContain(token.substring(token.indexOf('.') + 1));
  }
}
