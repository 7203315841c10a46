package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.ManualClock;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new leader asks again for. */
final class LauncherTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final List<String> asked = new ArrayList<>();

  private final Fleet fleet =
      new Fleet() {
        @Override
        public LaunchOutcome launch(LaunchRequest request) {
          asked.add(request.token());
          return new LaunchOutcome.Refused("not in this test");
        }

        @Override
        public List<Instance> list() {
          return List.of();
        }

        @Override
        public void terminate(List<InstanceId> instances) {}
      };

  private Launcher launcher() {
    return new Launcher(store, fleet, new FleetBook(), clock);
  }

  private static List<LaunchRequest> request(String token) {
    return List.of(
        new LaunchRequest(token, TaskKind.TRANSCODE, 1, List.of("process"), 0, FleetImage.DEFAULT));
  }

  @Test
  void launches_of_several_ticks_are_asked_for_again_by_who_takes_over() throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    clock.advance(Duration.ofSeconds(10));
    first.launch(request("two"));
    asked.clear();

    Launcher second = launcher();
    second.begin(2);
    second.settle();

    assertThat(asked).containsExactly("one", "two");
    assertThat(first.launch(request("three")))
        .containsExactly("not launched: another autoscaler leads");
  }

  @Test
  void what_a_listing_must_show_by_now_is_not_asked_for_again() throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    clock.advance(Launcher.DOUBT.minusSeconds(5));
    first.launch(request("two"));
    clock.advance(Duration.ofSeconds(10));
    asked.clear();

    Launcher second = launcher();
    second.begin(2);
    second.settle();

    assertThat(asked).containsExactly("two");
  }
}
