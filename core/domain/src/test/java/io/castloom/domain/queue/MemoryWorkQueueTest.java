package io.castloom.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MemoryWorkQueueTest extends WorkQueueContract {

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryWorkQueue<String> queue =
      new MemoryWorkQueue<>("memory", clock, new TextCodec(), Hostility.none());

  @Override
  protected WorkQueue<String> queue() {
    return queue;
  }

  @Override
  protected WorkQueue<String> missingQueue() {
    MemoryWorkQueue<String> missing =
        new MemoryWorkQueue<>("missing", clock, new TextCodec(), Hostility.none());
    missing.vanish();
    return missing;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  @Test
  void a_lease_ends_twelve_hours_after_it_was_received() throws Exception {
    queue.send(Outgoing.now("long", "acme"));
    Lease<String> lease = queue.receive(1, NO_WAIT, Duration.ofHours(11)).getFirst();
    clock.advance(Duration.ofHours(10));
    lease.extend(Duration.ofHours(5));
    clock.advance(Duration.ofHours(2));
    assertThatThrownBy(() -> lease.extend(MINUTE)).isInstanceOf(LeaseLostException.class);
  }

  @Test
  void a_hostile_queue_duplicates_reorders_and_expires_yet_loses_nothing() throws Exception {
    MemoryWorkQueue<String> hostile =
        new MemoryWorkQueue<>("hostile", clock, new TextCodec(), Hostility.hostile(7));
    for (int i = 0; i < 100; i++) {
      hostile.send(Outgoing.now("m" + i, "acme"));
    }
    Map<String, Integer> seen = new HashMap<>();
    List<String> order = new java.util.ArrayList<>();
    int lost = 0;
    for (int i = 0; i < 2000 && hostile.counts().total() > 0; i++) {
      for (Lease<String> lease : hostile.receive(3, NO_WAIT, MINUTE)) {
        seen.merge(lease.body(), 1, Integer::sum);
        order.add(lease.body());
        try {
          lease.extend(MINUTE);
          lease.complete();
        } catch (LeaseLostException e) {
          lost++;
        }
      }
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(hostile.counts().total()).isZero();
    assertThat(seen.size() + hostile.deadLetters().count()).isGreaterThanOrEqualTo(100);
    assertThat(seen.values()).anyMatch(times -> times > 1);
    assertThat(order.getFirst().equals("m0") && order.get(1).equals("m1") && lost == 0).isFalse();
  }
}
