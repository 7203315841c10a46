package io.castloom.ingest.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TransferTableTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final InPath PATH = new InPath(null, "talk.wav");
  private static final AccountId ONE = new AccountId("one");
  private static final AccountId OTHER = new AccountId("other");

  private final TransferTable table = new TransferTable();

  @Test
  void a_listing_shows_no_other_accounts_file_of_the_same_name() {
    table.taken(new Transfer.Key(ONE, PATH), 5, NOON);
    table.taken(new Transfer.Key(OTHER, PATH), 9, NOON);
    assertThat(table.list(ONE, "/in", NOON)).containsExactly(new Transfer.Listed(PATH, 5, NOON));
    assertThat(table.list(OTHER, "/in", NOON)).containsExactly(new Transfer.Listed(PATH, 9, NOON));
    assertThat(table.list(ONE, "/in/show", NOON)).isEmpty();
  }

  @Test
  void what_was_taken_in_is_listed_for_ten_minutes() {
    table.taken(new Transfer.Key(ONE, PATH), 5, NOON);
    assertThat(table.list(ONE, "/in", NOON.plus(Duration.ofMinutes(10)))).hasSize(1);
    assertThat(table.list(ONE, "/in", NOON.plus(Duration.ofMinutes(11)))).isEmpty();
  }
}
