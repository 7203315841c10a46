package io.castloom.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.MemoryFleet;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.instance.MetadataServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a fleet in memory and processes that only wait. */
final class InstanceRunnerTest {

  @TempDir Path logs;
  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryFleet fleet = new MemoryFleet(clock);
  private InstanceRunner runner;
  private String image = "ami-1";

  @AfterEach
  void close_the_runner() {
    runner.close();
  }

  @BeforeEach
  void make_a_runner() {
    runner = runnerOf("cat");
  }

  private InstanceRunner runnerOf(String... command) {
    return new InstanceRunner(
        fleet,
        id ->
            new MetadataServer.Identity(
                id, "c6i.large", "us-east-1", "us-east-1a", image, Map.of("a", "b"), ""),
        (id, kind) -> new ProcessBuilder(command),
        new RunnerSettings(
            logs,
            Set.of("ami-1"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2)),
        clock);
  }

  private void launch(int count) throws Exception {
    fleet.launch(new LaunchRequest("a", TaskKind.TRANSCODE, count, List.of(), 0));
  }

  private List<InstanceState> states() throws Exception {
    return fleet.list().stream().map(Instance::state).toList();
  }

  private void await(BooleanSupplier condition) {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void a_running_instance_gets_one_process_after_its_boot() throws Exception {
    launch(2);
    runner.runOnce();
    assertThat(runner.running()).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    runner.runOnce();
    runner.runOnce();
    assertThat(runner.running()).hasSize(2);
  }

  @Test
  void of_an_image_without_castloom_nothing_comes_up() throws Exception {
    image = "ami-2";
    launch(1);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    runner.runOnce();
    assertThat(runner.running()).isEmpty();
    assertThat(states()).containsExactly(InstanceState.RUNNING);
  }

  @Test
  void an_instance_that_was_ended_has_its_process_stopped() throws Exception {
    launch(2);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    InstanceId first = runner.running().getFirst();
    fleet.terminate(List.of(first));
    runner.runOnce();
    await(() -> runner.running().size() == 1);
    runner.runOnce();
    assertThat(runner.running()).doesNotContain(first).hasSize(1);
  }

  @Test
  void a_process_that_ended_has_its_instance_ended_and_none_follows_it() throws Exception {
    runner =
        runnerOf("sh", "-c", "curl -s -o /dev/null $AWS_EC2_METADATA_SERVICE_ENDPOINT; echo done");
    launch(1);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    await(() -> runner.running().isEmpty());
    runner.runOnce();
    assertThat(states()).containsExactly(InstanceState.GONE);
    runner.runOnce();
    assertThat(runner.running()).isEmpty();
    Path log = logs.resolve(fleet.list().getFirst().id() + ".log");
    assertThat(Files.readString(log)).isEqualTo("done\n");
  }

  @Test
  void an_interrupted_instance_is_ended_when_its_notice_is_over() throws Exception {
    launch(1);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    InstanceId id = runner.running().getFirst();
    runner.interrupt(id);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    assertThat(runner.running()).containsExactly(id);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    assertThat(states()).containsExactly(InstanceState.GONE);
    await(() -> runner.running().isEmpty());
  }

  @Test
  void a_program_that_cannot_start_ends_its_instance() throws Exception {
    runner = runnerOf("/no/such/program");
    launch(1);
    clock.advance(Duration.ofMinutes(1));
    runner.runOnce();
    assertThat(states()).containsExactly(InstanceState.GONE);
  }
}
