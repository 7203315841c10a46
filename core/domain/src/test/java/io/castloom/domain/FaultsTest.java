package io.castloom.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.queue.FaultyWorkQueue;
import io.castloom.domain.queue.Hostility;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.TextCodec;
import io.castloom.domain.store.FaultyObjectStore;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fault-injecting decorators themselves: a caller that repeats gets through, and needs to. */
final class FaultsTest {

  @Test
  void a_share_of_the_calls_fails_and_half_of_these_took_effect() throws Exception {
    Faults faults = new Faults(3, 0.2);
    MemoryObjectStore store = new MemoryObjectStore();
    FaultyObjectStore faulty = new FaultyObjectStore(store, faults);
    int failed = 0;
    for (int i = 0; i < 1000; i++) {
      try {
        faulty.put("k" + i, ObjectData.of(new byte[0], "a/b"), PutCondition.ifAbsent());
      } catch (IOException e) {
        failed++;
      }
    }
    assertThat(failed).isBetween(150, 250);
    assertThat(faults.injected()).isEqualTo(failed);
    assertThat(store.keys().size()).isBetween(1000 - failed * 2 / 3, 1000 - failed / 3);
  }

  @Test
  void a_stream_breaks_in_its_middle_and_a_second_try_reads_all() throws Exception {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put("k", ObjectData.of("x".repeat(5000).getBytes(UTF_8), "a/b"), PutCondition.always());
    FaultyObjectStore faulty = new FaultyObjectStore(store, new Faults(5, 0.3));
    int broken = 0;
    int whole = 0;
    for (int i = 0; i < 100; i++) {
      try (ObjectContent content = faulty.get("k", null)) {
        assertThat(content.stream().readAllBytes()).hasSize(5000);
        whole++;
      } catch (IOException e) {
        broken++;
      }
    }
    assertThat(broken).isGreaterThan(20);
    assertThat(whole).isGreaterThan(20);
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void a_loop_that_goes_on_after_faults_loses_no_message() throws Exception {
    ManualClock clock = ManualClock.atNoon();
    FaultyWorkQueue<String> queue =
        new FaultyWorkQueue<>(
            new MemoryWorkQueue<>("q", clock, new TextCodec(), Hostility.none()),
            new Faults(7, 0.05));
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      try {
        queue.send(Outgoing.now("m" + i, "acme"));
        accepted.add("m" + i);
      } catch (IOException e) {
        // may have arrived all the same
      }
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500 && !seen.containsAll(accepted); i++) {
      try {
        List<Lease<String>> leases = queue.receive(10, Duration.ZERO, Duration.ofSeconds(30));
        for (Lease<String> lease : leases) {
          seen.add(lease.body());
          lease.complete();
        }
      } catch (IOException e) {
        clock.advance(Duration.ofSeconds(31));
      }
    }
    assertThat(seen).containsAll(accepted);
  }
}
