package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.MemoryFleet;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Signal;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.json.SpoiltDocuments;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollTurnTest {
  private static final ScalingSettings SETTINGS =
      ScalingSettings.defaults(new InstanceType("process", 1, 1, 0.1, 0.04), 2);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final MemoryFleet fleet = new MemoryFleet(clock);
  private final FleetBook book = new FleetBook();
  private boolean storeFails;

  /** The same store, whose puts fail when they are told to. */
  private ObjectStore flaky() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              if (storeFails && method.getName().equals("put")) {
                throw new IOException("the store does not answer");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                Throwable cause = e.getCause();
                throw cause == null ? e : cause;
              }
            });
  }

  private RollTurn turn() {
    Launcher launcher =
        new Launcher(
            new LaunchNotes(
                new LaunchNotes.Ground(
                    store, new SpoiltDocuments(store, "fleet/", _ -> {}), () -> true),
                clock),
            fleet,
            book,
            clock);
    ActionRunner actions =
        new ActionRunner(fleet, launcher, new MemoryControlChannel(clock), book, clock, () -> true);
    return new RollTurn(
        new KnownRolls(
            new RollBook(flaky(), clock), new SpoiltDocuments(store, "fleet/", _ -> {}), book),
        book,
        actions);
  }

  private void works(InstanceId id, int tasks) {
    List<Heartbeat.Done> done =
        java.util.stream.IntStream.range(0, tasks)
            .mapToObj(
                i ->
                    new Heartbeat.Done(
                        new TaskId(Samples.aJob().id(), "encode-" + i),
                        WorkClass.ofSlug("transcode-normal"),
                        new AccountId("demo"),
                        clock.instant(),
                        clock.instant(),
                        clock.instant(),
                        Duration.ofSeconds(1),
                        null,
                        true))
            .toList();
    book.hear(
        new Heartbeat(
            id,
            TaskKind.TRANSCODE,
            Heartbeat.Mode.WORKING,
            1,
            clock.instant(),
            clock.instant(),
            "lame",
            List.of(),
            done,
            List.of()),
        clock.instant());
  }

  private Snapshot snapshot() {
    return new Snapshot(
        clock.instant(),
        1,
        Signal.fresh(clock.instant()),
        List.of(),
        List.of(),
        book.views(SETTINGS, clock.instant()),
        List.of(),
        Observations.NONE,
        PlannerMemory.EMPTY);
  }

  @Test
  void tasks_that_were_done_while_nothing_could_be_kept_are_counted_later() throws IOException {
    fleet.launch(new LaunchRequest("t-1", TaskKind.TRANSCODE, 2, List.of(), 0));
    clock.advance(Duration.ofMinutes(5));
    List<Instance> listed = listed();
    for (Instance instance : listed) {
      works(instance.id(), 0);
    }
    RollBook rolls = new RollBook(store, clock);
    rolls.begin(TaskKind.TRANSCODE, new FleetImage("2"), RollTerms.USUAL, "test");
    RollTurn turn = turn();
    turn.read(true);
    turn.step(snapshot(), SETTINGS); // launches the canary

    clock.advance(Duration.ofSeconds(10));
    works(listed.getFirst().id(), 3);
    storeFails = true;
    turn.read(true);
    assertThat(turn.step(snapshot(), SETTINGS)).anyMatch(it -> it.contains("does not answer"));

    storeFails = false;
    clock.advance(Duration.ofSeconds(10));
    works(listed.getFirst().id(), 2);
    turn.read(true);
    turn.step(snapshot(), SETTINGS);
    assertThat(rolls.read().active(TaskKind.TRANSCODE).orElseThrow().progress().oldGood())
        .isEqualTo(5);
    turn.read(true);
    turn.step(snapshot(), SETTINGS);
    assertThat(rolls.read().active(TaskKind.TRANSCODE).orElseThrow().progress().oldGood())
        .as("told once")
        .isEqualTo(5);
  }

  @Test
  void a_launch_in_doubt_is_asked_for_again_for_three_minutes_and_then_the_roll_goes_back()
      throws IOException {
    fleet.launch(new LaunchRequest("t-1", TaskKind.TRANSCODE, 2, List.of(), 0));
    clock.advance(Duration.ofMinutes(5));
    for (Instance instance : listed()) {
      works(instance.id(), 0);
    }
    RollBook rolls = new RollBook(store, clock);
    rolls.begin(TaskKind.TRANSCODE, new FleetImage("2"), RollTerms.USUAL, "test");
    RollTurn turn = turn();
    fleet.failNext(1_000);
    int asked = 0;
    for (int tick = 0; tick < 60; tick++) {
      turn.read(true);
      asked +=
          (int)
              turn.step(snapshot(), SETTINGS).stream()
                  .filter(it -> !it.contains("ROLL") && !it.contains("any more"))
                  .count();
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(asked).isBetween(18, 20);
    Roll ended = rolls.read().rolls().getLast();
    assertThat(ended.phase()).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(ended.note()).contains("no instance could be launched", "3 minutes");
  }

  private List<Instance> listed() throws IOException {
    List<Instance> listed = fleet.list();
    book.list(listed, clock.instant());
    return listed;
  }
}
