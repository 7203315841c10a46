package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot in the making: an empty, fresh picture at noon, changed step by step. */
final class Scene {
  static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  static final Lane NORMAL = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);
  static final Lane HIGH = new Lane(WorkKind.TRANSCODE, WorkClass.HIGH);
  static final Lane BULK = new Lane(WorkKind.TRANSCODE, WorkClass.BULK);
  static final Lane STITCH = new Lane(WorkKind.ASSEMBLY, WorkClass.NORMAL);

  private final List<WaitingTask> waiting = new ArrayList<>();
  private final List<InstanceView> instances = new ArrayList<>();
  private final List<QueueCounts> counts = new ArrayList<>();
  private final List<Announcement> announcements = new ArrayList<>();
  private final List<Observations.FailedLaunch> failed = new ArrayList<>();
  private Signal signal = Signal.fresh(NOON);
  private PlannerMemory memory = PlannerMemory.EMPTY;
  private long epoch = 1;
  ScalingSettings settings =
      ScalingSettings.defaults(new InstanceType("m", 1, 1, 0.1, 0.04), 100)
          .withLimits(new Limits(Map.of(), 200, 200, 100));

  Scene waiting(int tasks, Lane lane, int agoSeconds) {
    for (int i = 0; i < tasks; i++) {
      waiting.add(
          new WaitingTask(
              "t" + waiting.size(),
              lane,
              "acme",
              "mp3",
              NOON.minusSeconds(agoSeconds),
              Duration.ofSeconds(200)));
    }
    return this;
  }

  Scene idle(String id, int idleSeconds, int ageSeconds) {
    return instance(id, InstanceState.RUNNING, idleSeconds, ageSeconds, 0);
  }

  /** A worker that was started by hand, with so many free slots. */
  Scene guest(String id, int slots) {
    instances.add(
        new InstanceView(
            id,
            WorkKind.TRANSCODE,
            "",
            Market.GUEST,
            InstanceState.RUNNING,
            NOON.minusSeconds(5000),
            null,
            NOON,
            NOON.minusSeconds(4000),
            slots,
            List.of()));
    return this;
  }

  Scene busy(String id) {
    return instance(id, InstanceState.RUNNING, -1, 1000, 1);
  }

  Scene pending(String id, int ageSeconds) {
    return instance(id, InstanceState.PENDING, -1, ageSeconds, 0);
  }

  private Scene instance(
      String id, InstanceState state, int idleSeconds, int ageSeconds, int tasks) {
    Instant launched = NOON.minusSeconds(ageSeconds);
    List<RunningTask> running = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      running.add(
          new RunningTask(
              "r-" + id + i,
              WorkClass.NORMAL,
              "mp3",
              NOON.minusSeconds(10),
              Duration.ofSeconds(200)));
    }
    @Nullable Instant ready = state == InstanceState.PENDING ? null : launched.plusSeconds(20);
    @Nullable Instant idleSince = idleSeconds < 0 ? null : NOON.minusSeconds(idleSeconds);
    instances.add(
        new InstanceView(
            id,
            WorkKind.TRANSCODE,
            "m",
            Market.ON_DEMAND,
            state,
            launched,
            ready,
            NOON,
            idleSince,
            1,
            running));
    return this;
  }

  Scene counts(Lane lane, int visible, int inFlight) {
    counts.add(new QueueCounts(lane, visible, inFlight, NOON));
    return this;
  }

  Scene announced(Lane lane, int tasks, int inSeconds) {
    announcements.add(
        new Announcement(lane, NOON.plusSeconds(inSeconds), tasks, Duration.ofSeconds(200), 1));
    return this;
  }

  Scene launchesFailed(int times) {
    for (int i = 0; i < times; i++) {
      failed.add(
          new Observations.FailedLaunch(
              WorkKind.TRANSCODE, "m", Market.ON_DEMAND, "InsufficientInstanceCapacity"));
    }
    return this;
  }

  Scene signal(Signal other) {
    signal = other;
    return this;
  }

  Scene epoch(long other) {
    epoch = other;
    return this;
  }

  Scene memory(PlannerMemory other) {
    memory = other;
    return this;
  }

  Scene settings(String key, String value) {
    settings = SettingKeys.with(settings, key, value);
    return this;
  }

  Snapshot snapshot() {
    return new Snapshot(
        NOON,
        epoch,
        signal,
        waiting,
        counts,
        instances,
        announcements,
        new Observations(List.of(), List.of(), failed),
        memory);
  }

  Decision decide() {
    return new ScalingPlanner().decide(snapshot(), settings);
  }
}
