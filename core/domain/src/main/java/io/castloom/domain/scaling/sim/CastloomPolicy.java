package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.RunningTask;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Signal;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.scaling.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our planner on a simulated fleet: the same code as in production, fed with the simulated queues.
 */
public final class CastloomPolicy implements Policy {
  private final ScalingPlanner planner = new ScalingPlanner();
  private final ScalingSettings settings;
  private final Instant start;
  private final String name;
  private PlannerMemory memory = PlannerMemory.EMPTY;
  private @Nullable Decision last;

  /**
   * A planner that has learned nothing yet.
   *
   * @param name for tables
   * @param settings what it is to hold
   * @param start the instant at which the trace begins
   */
  public CastloomPolicy(String name, ScalingSettings settings, Instant start) {
    this.name = name;
    this.settings = settings;
    this.start = start;
  }

  @Override
  public String name() {
    return name;
  }

  /** The decision of the last tick; null before the first. */
  public @Nullable Decision last() {
    return last;
  }

  /** What it has learned so far. */
  public PlannerMemory memory() {
    return memory;
  }

  @Override
  public void tick(SimulatedFleet fleet) {
    Decision decision = planner.decide(snapshot(fleet), settings);
    memory = decision.memory();
    last = decision;
    Map<String, Machine> byId = new HashMap<>();
    if (!decision.actions().isEmpty()) {
      fleet.machines.forEach(machine -> byId.put(machine.id, machine));
    }
    for (Action action : decision.actions()) {
      switch (action) {
        case Action.Launch launch ->
            fleet.launch(launch.kind(), type(launch.type()), launch.market());
        case Action.Drain drain -> end(fleet, byId.get(drain.instanceId()));
        case Action.GiveUpBoot givenUp -> end(fleet, byId.get(givenUp.instanceId()));
      }
    }
  }

  private static void end(SimulatedFleet fleet, @Nullable Machine machine) {
    if (machine != null) {
      fleet.drain(machine);
    }
  }

  private InstanceType type(String typeName) {
    return settings.types().stream()
        .filter(t -> t.name().equals(typeName))
        .findFirst()
        .orElseThrow();
  }

  /** The snapshot that an autoscaler beside this fleet would take. */
  Snapshot snapshot(SimulatedFleet fleet) {
    Instant at = instant(fleet.now);
    List<WaitingTask> waiting = new ArrayList<>();
    for (int job : fleet.waiting()) {
      Job one = fleet.trace.jobs().get(job);
      waiting.add(
          new WaitingTask("t-" + job, one.lane(), "", "", instant(one.arrival()), estimate(one)));
    }
    List<InstanceView> instances = new ArrayList<>();
    for (Machine machine : fleet.machines) {
      instances.add(view(fleet, machine));
    }
    return new Snapshot(
        at,
        1,
        Signal.fresh(at),
        waiting,
        List.of(),
        instances,
        announcements(fleet),
        observations(fleet),
        memory);
  }

  private InstanceView view(SimulatedFleet fleet, Machine machine) {
    List<RunningTask> running = new ArrayList<>(machine.running.size());
    for (Machine.Running task : machine.running) {
      Job job = fleet.trace.jobs().get(task.job());
      running.add(
          new RunningTask(
              "t-" + task.job(), job.lane().workClass(), "", instant(task.since()), estimate(job)));
    }
    InstanceState state =
        machine.draining
            ? InstanceState.DRAINING
            : machine.ready ? InstanceState.RUNNING : InstanceState.PENDING;
    return new InstanceView(
        machine.id,
        machine.kind,
        machine.type.name(),
        machine.market,
        state,
        instant(machine.launched),
        machine.ready ? instant(machine.readyAt) : null,
        machine.ready ? instant(fleet.now) : null,
        machine.ready && running.isEmpty() ? instant(machine.idleSince) : null,
        machine.type.slots(),
        running);
  }

  private List<Announcement> announcements(SimulatedFleet fleet) {
    List<Announcement> announcements = new ArrayList<>();
    for (Trace.Announced announced : fleet.trace.announced()) {
      if (announced.from() <= fleet.now && announced.at() > fleet.now) {
        announcements.add(
            new Announcement(
                announced.lane(),
                instant(announced.at()),
                announced.tasks(),
                duration(announced.estimate()),
                1));
      }
    }
    return announcements;
  }

  private Observations observations(SimulatedFleet fleet) {
    if (fleet.justStarted.isEmpty() && fleet.justFinished.isEmpty()) {
      return Observations.NONE;
    }
    List<Observations.Started> started = new ArrayList<>();
    for (int job : fleet.justStarted) {
      Job one = fleet.trace.jobs().get(job);
      started.add(
          new Observations.Started(
              one.lane(), instant(one.arrival()), instant(fleet.started[job])));
    }
    List<Observations.Finished> finished = new ArrayList<>();
    for (int job : fleet.justFinished) {
      Job one = fleet.trace.jobs().get(job);
      finished.add(
          new Observations.Finished(one.lane(), "", duration(one.service()), estimate(one)));
    }
    return new Observations(started, finished, List.of());
  }

  private static @Nullable Duration estimate(Job job) {
    return job.estimate() == 0 ? null : duration(job.estimate());
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private Instant instant(double seconds) {
    return start.plusMillis((long) (seconds * 1000));
  }
}
