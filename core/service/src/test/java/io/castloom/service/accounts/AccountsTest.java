package io.castloom.service.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.MemoryObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountsTest {

  private static final AccountId DEMO = new AccountId("demo");

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("castloom-private", clock);
  private final Accounts accounts = new Accounts(store, clock);

  @Test
  void a_token_opens_its_account_and_no_other() throws IOException {
    assertThat(accounts.add(DEMO, Account.Role.CUSTOMER)).isTrue();
    assertThat(accounts.add(DEMO, Account.Role.OPERATOR)).isFalse();
    accounts.add(new AccountId("other"), Account.Role.OPERATOR);
    String token = accounts.newToken(DEMO, "laptop").orElseThrow();
    assertThat(accounts.authenticate(token).orElseThrow().id()).isEqualTo(DEMO);
    assertThat(accounts.authenticate("demo", token)).isPresent();
    assertThat(accounts.authenticate("other", token)).isEmpty();
    assertThat(accounts.authenticate(token.replace("demo.", "other."))).isEmpty();
    for (String wrong : List.of("", ".", "demo", "demo.", token + "x", "DEMO.x", "nobody.x")) {
      assertThat(accounts.authenticate(wrong)).isEmpty();
    }
  }

  @Test
  void a_token_is_kept_as_a_digest_only() throws IOException {
    accounts.add(DEMO, Account.Role.CUSTOMER);
    String token = accounts.newToken(DEMO, "laptop").orElseThrow();
    assertThat(store.text("accounts/demo.json")).doesNotContain(token.substring(5));
  }

  @Test
  void a_removed_or_replaced_token_opens_nothing() throws IOException {
    accounts.add(DEMO, Account.Role.CUSTOMER);
    String first = accounts.newToken(DEMO, "a").orElseThrow();
    String second = accounts.newToken(DEMO, "a").orElseThrow();
    assertThat(accounts.authenticate(first)).isEmpty();
    assertThat(accounts.authenticate(second)).isPresent();
    assertThat(accounts.removeToken(DEMO, "a")).isTrue();
    assertThat(accounts.removeToken(DEMO, "a")).isFalse();
    assertThat(accounts.authenticate(second)).isEmpty();
    assertThat(accounts.newToken(new AccountId("nobody"), "a")).isEmpty();
  }

  @Test
  void another_process_sees_a_change_soon() throws IOException {
    accounts.add(DEMO, Account.Role.CUSTOMER);
    String token = accounts.newToken(DEMO, "a").orElseThrow();
    Accounts elsewhere = new Accounts(store, clock);
    assertThat(elsewhere.authenticate(token)).isPresent();
    accounts.delete(DEMO);
    clock.advance(Accounts.FRESH.plusSeconds(1));
    assertThat(elsewhere.authenticate(token)).isEmpty();
    assertThat(accounts.list()).isEmpty();
  }

  @Test
  void an_account_has_own_profiles_beside_the_standard_ones() throws IOException {
    accounts.add(DEMO, Account.Role.CUSTOMER);
    Profile own = new Profile("tape", Codec.MP3, 48_000, 2, new Profile.Rate.Bitrate(96), -16.0);
    accounts.change(
        DEMO,
        account ->
            account
                .withProfiles(List.of(own))
                .withDefaultProfiles(List.of("tape", "flac"))
                .withPriority(Priority.HIGH)
                .withLimits(new Account.Limits(5, 1_000, 3)));
    Account account = new Accounts(store, clock).find(DEMO).orElseThrow();
    assertThat(account.defaults()).extracting(Profile::name).containsExactly("tape", "flac");
    assertThat(account.profile("tape")).contains(own);
    Profile said = own.withLabels(Labels.of(Map.of("artist", "Radio")).withSource());
    accounts.change(DEMO, it -> it.withProfiles(List.of(said)));
    assertThat(new Accounts(store, clock).find(DEMO).orElseThrow().profile("tape")).contains(said);
    Profile odd = new Profile("odd", Codec.MP3, 48_000, 2, new Profile.Rate.Bitrate(100), null);
    assertThatThrownBy(() -> accounts.change(DEMO, it -> it.withProfiles(List.of(own, odd))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("profile odd: bitrate 100 kbit/s");
    assertThat(accounts.weight(DEMO)).isEqualTo(3);
    assertThatThrownBy(() -> accounts.change(DEMO, it -> it.withDefaultProfiles(List.of("none"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no profile \"none\"");
  }
}
