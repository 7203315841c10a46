package io.castloom.service.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.store.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaderLeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final LeaderLease a = new LeaderLease(store, "fleet/leader.json", "a", LEASE, clock);
  private final LeaderLease b = new LeaderLease(store, "fleet/leader.json", "b", LEASE, clock);

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
    LeaderLease c = new LeaderLease(store, "fleet/leader.json", "c", LEASE, ahead);
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
}
