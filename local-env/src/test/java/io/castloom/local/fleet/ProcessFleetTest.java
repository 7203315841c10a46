package io.castloom.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetContract;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On processes that only wait: {@code cat} ends at a signal and at the end of its input. */
final class ProcessFleetTest extends FleetContract {

  private static final ProcessFleetSettings SETTINGS =
      new ProcessFleetSettings(
          6, Duration.ofMillis(50), Duration.ofSeconds(5), 0, null, Duration.ofMillis(100), 1);

  @TempDir Path logs;
  private ProcessFleet fleet;

  @BeforeEach
  void make_the_fleet() {
    fleet = fleetOf(SETTINGS, "cat");
  }

  private ProcessFleet fleetOf(ProcessFleetSettings settings, String... command) {
    return new ProcessFleet(
        logs, (id, kind) -> new ProcessBuilder(command), settings, InstantSource.system());
  }

  @AfterEach
  void close_the_fleet() {
    fleet.close();
  }

  @Override
  protected Fleet fleet() {
    return fleet;
  }

  @Override
  protected void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static LaunchRequest want(String token, int count, double spot) {
    return new LaunchRequest(token, TaskKind.TRANSCODE, count, List.of(), spot);
  }

  private void await(ProcessFleet some, InstanceState state) {
    for (int i = 0; i < 100; i++) {
      if (some.list().stream().allMatch(instance -> instance.state() == state)) {
        return;
      }
      pass(Duration.ofMillis(100));
    }
    assertThat(some.list()).extracting(Instance::state).containsOnly(state);
  }

  @Test
  void more_than_the_machine_may_run_is_refused() throws Exception {
    assertThat(fleet.launch(want("a", 8, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class,
            launched -> {
              assertThat(launched.instances()).hasSize(6);
              assertThat(launched.shortfalls()).hasSize(1);
            });
    assertThat(fleet.launch(want("b", 1, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("6 may").contains("--max-workers"));
  }

  @Test
  void a_process_that_ends_by_itself_is_an_instance_that_is_gone() throws Exception {
    try (ProcessFleet some = fleetOf(SETTINGS, "sh", "-c", "echo hello $CASTLOOM_INSTANCE_ID")) {
      some.launch(want("a", 1, 0));
      await(some, InstanceState.GONE);
      Instance gone = some.list().getFirst();
      assertThat(Files.readString(logs.resolve(gone.id() + ".log")))
          .isEqualTo("hello " + gone.id() + "\n");
    }
  }

  @Test
  void a_program_that_is_missing_is_an_instance_that_is_gone() throws Exception {
    try (ProcessFleet some = fleetOf(SETTINGS, "/no/such/program")) {
      some.launch(want("a", 1, 0));
      await(some, InstanceState.GONE);
    }
  }

  @Test
  void a_process_that_does_not_end_in_time_is_killed() throws Exception {
    ProcessFleetSettings impatient =
        new ProcessFleetSettings(
            6, Duration.ZERO, Duration.ofMillis(200), 0, null, Duration.ZERO, 1);
    try (ProcessFleet some = fleetOf(impatient, "sh", "-c", "trap '' TERM; cat; cat")) {
      some.launch(want("a", 1, 0));
      await(some, InstanceState.RUNNING);
      some.terminate(List.of(some.list().getFirst().id()));
      await(some, InstanceState.GONE);
    }
  }

  @Test
  void spot_instances_are_interrupted_after_a_notice() throws Exception {
    ProcessFleetSettings spot =
        new ProcessFleetSettings(
            6,
            Duration.ZERO,
            Duration.ofSeconds(5),
            0,
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            1);
    try (ProcessFleet some = fleetOf(spot, "cat")) {
      some.launch(want("a", 2, 1));
      await(some, InstanceState.GONE);
    }
  }

  @Test
  void boots_that_fail_stay_pending_until_they_are_ended() throws Exception {
    ProcessFleetSettings failing =
        new ProcessFleetSettings(
            6, Duration.ZERO, Duration.ofSeconds(5), 1, null, Duration.ZERO, 1);
    try (ProcessFleet some = fleetOf(failing, "cat")) {
      some.launch(want("a", 1, 0));
      pass(Duration.ofMillis(200));
      assertThat(some.list()).extracting(Instance::state).containsOnly(InstanceState.PENDING);
      some.terminate(List.of(some.list().getFirst().id()));
      assertThat(some.list()).extracting(Instance::state).containsOnly(InstanceState.GONE);
    }
  }

  @Test
  void a_closed_fleet_has_ended_everything_and_launches_nothing() throws Exception {
    fleet.launch(want("a", 3, 0));
    await(fleet, InstanceState.RUNNING);
    fleet.close();
    assertThat(fleet.list()).extracting(Instance::state).containsOnly(InstanceState.GONE);
    assertThatThrownBy(() -> fleet.launch(want("b", 1, 0))).isInstanceOf(IOException.class);
  }
}
