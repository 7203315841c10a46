package io.castloom.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.ManualClock;
import io.castloom.domain.job.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryFleetTest extends FleetContract {

  private static final MemoryFleet.Nature SLOW =
      new MemoryFleet.Nature(
          Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(500), 5, 2);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryFleet fleet = new MemoryFleet(clock, SLOW);

  @Override
  protected Fleet fleet() {
    return fleet;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  private static LaunchRequest want(String token, int count) {
    return new LaunchRequest(token, TaskKind.TRANSCODE, count, List.of(), 1);
  }

  @Test
  void capacity_that_runs_out_is_said() throws Exception {
    assertThat(fleet.launch(want("a", 7)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class,
            launched -> {
              assertThat(launched.instances()).hasSize(5);
              assertThat(launched.instances())
                  .filteredOn(i -> i.market() == Market.SPOT)
                  .hasSize(2);
              assertThat(launched.shortfalls()).isNotEmpty();
            });
    assertThat(fleet.launch(want("b", 1))).isInstanceOf(LaunchOutcome.Refused.class);
  }

  @Test
  void a_call_that_failed_after_its_effect_is_safe_to_repeat() throws Exception {
    fleet.failNextAfterEffect(1);
    assertThatThrownBy(() -> fleet.launch(want("a", 2))).isInstanceOf(IOException.class);
    assertThat(fleet.launch(want("a", 2)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class, l -> assertThat(l.instances()).hasSize(2));
    assertThat(fleet.living(TaskKind.TRANSCODE)).isEqualTo(2);
  }
}
