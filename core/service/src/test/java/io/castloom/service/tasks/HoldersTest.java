package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.World;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

final class HoldersTest {

  private static final LoopSettings SETTINGS = LoopSettings.of(TaskKind.TRANSCODE, 1);
  private static final InstanceId ME = new InstanceId("i-me");
  private static final InstanceId OTHER = new InstanceId("i-other");

  private final Task task = task();
  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final Holders holders = new Holders(ME, new FleetView(store, clock), SETTINGS, clock);

  private static Task task() {
    try {
      World world = new World();
      world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
      return world.receiveAll(World.NORMAL).getFirst();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private TaskRecord begunBy(InstanceId instance, Instant at) {
    return new Records(instance, "lame").running(task, null, at);
  }

  private void status(@Nullable Instant heardAt, boolean running) throws IOException {
    List<Heartbeat.Running> tasks =
        running
            ? List.of(
                new Heartbeat.Running(
                    task.id(), task.workClass(), task.account(), clock.instant(), Duration.ZERO, 0))
            : List.of();
    FleetStatus.Member member =
        new FleetStatus.Member(
            OTHER,
            TaskKind.TRANSCODE,
            FleetStatus.State.WORKING,
            null,
            "process",
            1,
            null,
            null,
            heardAt,
            "",
            tasks);
    FleetStatus status =
        new FleetStatus(
            clock.instant(), "scaler", 1, Duration.ZERO, List.of(member), Map.of(), List.of());
    store.put(FleetStatus.KEY, Json.data(status), PutCondition.always());
  }

  @Example
  void who_is_heard_with_the_task_in_hand_is_at_it() throws IOException {
    TaskRecord record = begunBy(OTHER, clock.instant());
    clock.advance(Duration.ofHours(1));
    status(clock.instant().minusSeconds(30), true);
    assertThat(holders.of(record)).isEqualTo(new Holders.Answer.AtIt(Duration.ofMinutes(1)));
  }

  @Example
  void who_is_heard_without_the_task_has_dropped_it() throws IOException {
    TaskRecord record = begunBy(OTHER, clock.instant());
    clock.advance(Duration.ofHours(1));
    status(clock.instant().minusSeconds(30), false);
    assertThat(holders.of(record)).isEqualTo(new Holders.Answer.Gone());
  }

  @Example
  void who_has_only_just_begun_is_not_yet_heard_of() throws IOException {
    status(clock.instant(), false);
    clock.advance(Duration.ofSeconds(5));
    TaskRecord record = begunBy(OTHER, clock.instant());
    clock.advance(Duration.ofSeconds(20));
    assertThat(holders.of(record)).isEqualTo(new Holders.Answer.AtIt(Duration.ofSeconds(20)));
  }

  @Example
  void nothing_is_known_where_nobody_collects_heartbeats() {
    TaskRecord record = begunBy(OTHER, clock.instant());
    clock.advance(Duration.ofMinutes(1));
    assertThat(holders.of(record)).isEqualTo(new Holders.Answer.Unknown());
  }

  @Example
  void what_an_earlier_process_of_this_instance_had_is_gone() throws IOException {
    status(clock.instant(), true);
    assertThat(holders.of(begunBy(ME, clock.instant()))).isEqualTo(new Holders.Answer.Gone());
  }

  @Example
  void a_leader_whose_clock_is_far_ahead_keeps_nothing_from_being_taken_over() throws IOException {
    TaskRecord record = begunBy(OTHER, clock.instant());
    clock.advance(Duration.ofHours(1));
    status(clock.instant().plus(Duration.ofHours(2)), true);
    assertThat(holders.of(record)).isEqualTo(new Holders.Answer.Unknown());
  }

  /**
   * Plays a holder that beats, a leader that reads the beats, and somebody who holds a second
   * delivery: as long as both live nobody takes over, and a lease after the end of the holder's
   * work, whatever became of the leader, somebody has.
   */
  @Property(tries = 300)
  void a_task_is_left_to_a_holder_that_lives_and_taken_over_within_a_lease_of_its_end(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 900) int endsAfter,
      @ForAll boolean itDies,
      @ForAll @IntRange(min = 1, max = 1_200) int leaderDiesAfter)
      throws IOException {
    Random random = new Random(seed);
    TaskRecord record =
        begunBy(OTHER, clock.instant().plusSeconds(random.nextInt(-8, 9))); // by another clock
    Instant begun = clock.instant();
    Instant end = begun.plusSeconds(endsAfter);
    Instant leaderEnd = begun.plusSeconds(leaderDiesAfter);
    Instant beatAt = begun.plusSeconds(random.nextInt(0, 16));
    Instant tickAt = begun.plusSeconds(random.nextInt(0, 12));
    Instant askAt = begun.plusSeconds(random.nextInt(0, endsAfter + 1));
    Instant heardAt = null;
    boolean listed = false;
    while (true) {
      Instant now = clock.instant();
      boolean lives = now.isBefore(end);
      if (now.equals(beatAt)) {
        if (lives || !itDies) {
          heardAt = now;
          listed = lives;
        }
        beatAt = now.plusSeconds(random.nextInt(10, 21));
      }
      if (now.equals(tickAt) && now.isBefore(leaderEnd)) {
        status(heardAt, listed);
        tickAt = now.plusSeconds(random.nextInt(5, 13));
      }
      if (now.equals(askAt)) {
        if (!(holders.of(record) instanceof Holders.Answer.AtIt(Duration askAgain))) {
          assertThat(lives && now.isBefore(leaderEnd))
              .as("taken from a holder that lives")
              .isFalse();
          return;
        }
        askAt = now.plus(askAgain);
        assertThat(askAt)
            .as("the next question, after its end at %s", end)
            .isBeforeOrEqualTo(end.plus(SETTINGS.visibility()));
      }
      clock.advance(Duration.ofSeconds(1));
    }
  }
}
