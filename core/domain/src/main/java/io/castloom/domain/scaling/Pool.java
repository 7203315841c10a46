package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One kind's part of the snapshot in seconds from now: slots, and tasks in the order in which they
 * will be served.
 */
final class Pool {
  /** A slot of an instance that takes work or is about to. */
  record Slot(State state, long hash, LogNormal law, double age, double speed) {
    enum State {
      FREE,
      BUSY,
      BOOTING
    }
  }

  /** A task that waits, or is announced. */
  record Task(
      Lane lane,
      long hash,
      double service,
      double sigma,
      double release,
      double deadline,
      boolean overdue,
      double certainty) {}

  final WorkKind kind;
  final List<Slot> slots = new ArrayList<>();
  final List<Task> tasks = new ArrayList<>();
  final LogNormal boot;
  final double failureChance;

  /** Age at which a pending instance is replaced. */
  final double giveUpAfter;

  final double tick;

  /** Slots and speed that one more instance would bring. */
  final InstanceType type;

  private final ScalingSettings settings;
  private final PlannerMemory memory;
  private final Snapshot snapshot;
  private final ServiceMemory ratio;

  Pool(
      WorkKind kind,
      Snapshot snapshot,
      ScalingSettings settings,
      PlannerMemory memory,
      InstanceType type) {
    this.kind = kind;
    this.snapshot = snapshot;
    this.settings = settings;
    this.memory = memory;
    this.type = type;
    this.ratio = memory.estimates().getOrDefault(kind, Learning.BELIEVED_RATIO);
    this.boot = memory.boots(kind).law(settings.tuning());
    this.failureChance = memory.boots(kind).failureChance();
    this.giveUpAfter = memory.boots(kind).giveUpAfter(settings.tuning());
    this.tick = Durations.seconds(settings.tuning().tick());
  }

  void addInstance(InstanceView instance) {
    double speed = speed(instance.type());
    long hash = Draws.hash(instance.id());
    switch (instance.state()) {
      case DRAINING -> {}
      case PENDING -> {
        double age = Durations.seconds(instance.launchedAt(), snapshot.at());
        for (int i = 0; i < instance.slots(); i++) {
          slots.add(new Slot(Slot.State.BOOTING, hash, boot, age, speed));
        }
      }
      case RUNNING -> {
        for (RunningTask task : instance.running()) {
          double age = Math.max(0, Durations.seconds(task.startedAt(), snapshot.at())) * speed;
          ServiceMemory service = service(task.profile(), task.estimate());
          slots.add(new Slot(Slot.State.BUSY, Draws.hash(task.id()), service.law(), age, speed));
        }
        for (int i = instance.running().size(); i < instance.slots(); i++) {
          slots.add(new Slot(Slot.State.FREE, hash, boot, 0, speed));
        }
      }
    }
  }

  void addTask(WaitingTask task) {
    double enqueued = Durations.seconds(snapshot.at(), task.enqueuedAt());
    double target = Durations.seconds(settings.target(task.lane().workClass()));
    double deadline = enqueued + target;
    boolean overdue = deadline < 0;
    ServiceMemory service = service(task.profile(), task.estimate());
    tasks.add(
        new Task(
            task.lane(),
            Draws.hash(task.id()),
            service.mean(),
            service.sigma(),
            enqueued,
            deadline,
            overdue,
            1));
  }

  void addAnnouncement(Announcement announced, int index) {
    double release = Durations.seconds(snapshot.at(), announced.at());
    double target = Durations.seconds(settings.target(announced.lane().workClass()));
    double service = Durations.seconds(announced.estimate()) * ratio.mean();
    for (int i = 0; i < announced.tasks(); i++) {
      long hash = Draws.hash(announced.at().getEpochSecond() * 4099 + index * 1_000_003L + i);
      tasks.add(
          new Task(
              announced.lane(),
              hash,
              service,
              ratio.sigma(),
              release,
              release + target,
              false,
              announced.certainty()));
    }
  }

  /**
   * Puts the tasks into the order of service: those that wait by class and age, then the announced
   * by their time.
   */
  void seal() {
    tasks.sort(
        Comparator.comparing((Task task) -> task.release > 0)
            .thenComparing(task -> task.release > 0 ? WorkClass.HIGH : task.lane.workClass())
            .thenComparingDouble(Task::release));
  }

  double speed(String typeName) {
    for (InstanceType known : settings.types()) {
      if (known.name().equals(typeName)) {
        return known.speed();
      }
    }
    return 1;
  }

  private ServiceMemory service(
      String profile, java.time.@org.jspecify.annotations.Nullable Duration estimate) {
    if (estimate != null && !estimate.isZero()) {
      return ServiceMemory.believed(
          ratio.mean() * Durations.seconds(estimate), Math.max(0.05, ratio.sigma()));
    }
    return memory
        .services()
        .getOrDefault(
            Learning.serviceKey(kind, profile), Learning.believedService(settings.tuning()));
  }

  /**
   * Mean service of a task of this kind that is still to come. It is learned from those that
   * finished, so that it is the same in a tick in which nothing waits or runs as in the one before.
   */
  double meanService() {
    double sum = 0;
    int n = 0;
    String ofKind = Learning.serviceKey(kind, "");
    for (Map.Entry<String, ServiceMemory> one : memory.services().entrySet()) {
      if (one.getKey().startsWith(ofKind)) {
        sum += one.getValue().seen();
        n += one.getValue().recent().size();
      }
    }
    return n == 0 ? believedMean() : sum / n;
  }

  /** Before any has finished: of those that wait or run. */
  private double believedMean() {
    double sum = 0;
    int n = 0;
    for (Task task : tasks) {
      sum += task.service;
      n++;
    }
    for (Slot slot : slots) {
      if (slot.state == Slot.State.BUSY) {
        sum += slot.law.mean();
        n++;
      }
    }
    return n == 0 ? Durations.seconds(settings.tuning().serviceMean()) : sum / n;
  }
}
