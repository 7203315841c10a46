package io.castloom.service.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaderLeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final String KEY = "fleet/leader.json";

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private long led;
  private final LeaderLease a = new LeaderLease(store, KEY, "a", LEASE, () -> led, clock);
  private final LeaderLease b = new LeaderLease(store, KEY, "b", LEASE, () -> led, clock);

  @Test
  void one_leads_while_it_renews() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(a.renew()).contains(1L);
      assertThat(a.certain()).isTrue();
      assertThat(b.renew()).isEmpty();
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(b.certain()).isFalse();
  }

  @Test
  void another_takes_over_within_two_leases_and_the_epoch_counts() throws IOException {
    a.renew();
    b.renew();
    clock.advance(LEASE.plusSeconds(1));
    assertThat(a.certain()).isFalse();
    assertThat(b.renew()).contains(2L);
    assertThat(a.renew()).isEmpty();
  }

  @Test
  void a_skewed_clock_takes_nothing_over() throws IOException {
    ManualClock ahead = new ManualClock(clock.instant().plus(Duration.ofHours(5)));
    LeaderLease c = new LeaderLease(store, KEY, "c", LEASE, () -> led, ahead);
    a.renew();
    assertThat(c.renew()).isEmpty();
    ahead.advance(Duration.ofSeconds(20));
    a.renew();
    assertThat(c.renew()).isEmpty();
    ahead.advance(Duration.ofSeconds(20));
    assertThat(c.renew()).isEmpty();
  }

  @Test
  void a_released_leadership_is_free_at_once() throws IOException {
    a.renew();
    b.renew();
    a.release();
    assertThat(a.certain()).isFalse();
    assertThat(b.renew()).contains(2L);
  }

  private void spoil(String content) throws IOException {
    ObjectData data = ObjectData.of(content.getBytes(StandardCharsets.UTF_8), "application/json");
    store.put(KEY, data, PutCondition.always());
  }

  @Test
  void a_lost_document_is_written_again_by_who_certainly_leads() throws IOException {
    a.renew();
    b.renew();
    led = 1;
    for (int i = 0; i < 3; i++) {
      store.delete(KEY);
      assertThat(b.renew()).isEmpty();
      assertThat(a.renew()).as("the same leadership").contains(1L);
      spoil(new String[] {"", "{}", "no JSON"}[i]);
      assertThat(b.renew()).isEmpty();
      assertThat(a.renew()).contains(1L);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(b.renew()).isEmpty();
  }

  @Test
  void without_one_who_certainly_leads_a_lost_document_is_left_for_a_lease() throws IOException {
    for (String left : new String[] {"", "{\"epoch\":3}", "no JSON"}) {
      led += 10;
      if (left.isEmpty()) {
        store.delete(KEY);
      } else {
        spoil(left);
      }
      clock.advance(LEASE); // whoever led is not certain any more
      assertThat(b.renew()).isEmpty();
      clock.advance(LEASE.minusSeconds(1));
      assertThat(b.renew()).isEmpty();
      clock.advance(Duration.ofSeconds(2));
      assertThat(b.renew()).as("more than any leader's").contains(led + 1);
      assertThat(a.renew()).isEmpty();
    }
  }

  @Test
  void an_old_document_that_was_put_back_makes_no_old_term_lead() throws IOException {
    a.renew();
    byte[] old;
    try (ObjectContent content = store.get(KEY, null)) {
      old = content.stream().readAllBytes();
    }
    b.renew();
    clock.advance(LEASE.plusSeconds(1));
    assertThat(b.renew()).contains(2L);
    led = 7; // as the launches say, which were not put back
    store.put(KEY, ObjectData.of(old, "application/json"), PutCondition.always());
    LeaderLease again = new LeaderLease(store, KEY, "a", LEASE, () -> led, clock);
    assertThat(again.renew()).as("it is not known to lead").isEmpty();
    clock.advance(LEASE.plusSeconds(1));
    assertThat(again.renew()).contains(8L);
  }
}
