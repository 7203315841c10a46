package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what happened since the last tick into the next memory. */
final class Learning {
  static final double WEEK = 7 * 86_400.0;

  private final Snapshot snapshot;
  private final ScalingSettings settings;
  private final PlannerMemory memory;
  private final @Nullable Instant last;

  Learning(Snapshot snapshot, ScalingSettings settings) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.memory = snapshot.memory();
    this.last = memory.lastTick();
  }

  PlannerMemory next(List<WaitingTask> waiting) {
    Map<String, ServiceMemory> services = memory.services();
    Map<WorkKind, ServiceMemory> estimates = memory.estimates();
    if (!snapshot.observations().finished().isEmpty()) {
      services = new HashMap<>(services);
      estimates = new HashMap<>(estimates);
      finished(services, estimates);
    }
    return new PlannerMemory(
        snapshot.at(), boots(), services, estimates, lanes(waiting), memory.spare());
  }

  private void finished(
      Map<String, ServiceMemory> services, Map<WorkKind, ServiceMemory> estimates) {
    ServiceMemory believed = believedService(settings.tuning());
    for (Observations.Finished one : snapshot.observations().finished()) {
      double seconds = Durations.seconds(one.service());
      WorkKind kind = one.lane().kind();
      services.merge(
          serviceKey(kind, one.profile()),
          believed.after(seconds, believed),
          (known, _) -> known.after(seconds, believed));
      if (one.estimate() != null && !one.estimate().isZero()) {
        double ratio = Math.clamp(seconds / Durations.seconds(one.estimate()), 0.01, 100);
        estimates.merge(
            kind,
            BELIEVED_RATIO.after(ratio, BELIEVED_RATIO),
            (known, _) -> known.after(ratio, BELIEVED_RATIO));
      }
    }
  }

  static final ServiceMemory BELIEVED_RATIO = ServiceMemory.believed(1, 0.3);

  static ServiceMemory believedService(Tuning tuning) {
    return ServiceMemory.believed(Durations.seconds(tuning.serviceMean()), 0.8);
  }

  static String serviceKey(WorkKind kind, String profile) {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + "/" + profile;
  }

  private Map<WorkKind, BootMemory> boots() {
    Map<WorkKind, BootMemory> boots = new EnumMap<>(WorkKind.class);
    boots.putAll(memory.boots());
    for (Observations.FailedLaunch failed : snapshot.observations().failedLaunches()) {
      BootMemory known = memoryOf(boots, failed.kind());
      boots.put(failed.kind(), known.failed(snapshot.at(), settings.tuning().breakerFailures()));
    }
    for (InstanceView instance : snapshot.instances()) {
      Instant ready = instance.readyAt();
      if (ready != null && last != null && ready.isAfter(last) && !ready.isAfter(snapshot.at())) {
        double seconds = Durations.seconds(instance.launchedAt(), ready);
        boots.put(
            instance.kind(),
            memoryOf(boots, instance.kind()).booted(instance.launchedAt(), seconds));
      }
    }
    boots.replaceAll((_, known) -> known.ripened(snapshot.at(), settings.tuning()));
    return boots;
  }

  private static BootMemory memoryOf(Map<WorkKind, BootMemory> boots, WorkKind kind) {
    return boots.getOrDefault(kind, BootMemory.NONE);
  }

  private Map<Lane, LaneMemory> lanes(List<WaitingTask> waiting) {
    Map<Lane, Integer> arrivals = new HashMap<>();
    Map<Lane, LaneMemory> lanes = new TreeMap<>(memory.lanes());
    for (WaitingTask task : waiting) {
      lanes.putIfAbsent(task.lane(), LaneMemory.NONE);
      if (isNew(task.enqueuedAt())) {
        arrivals.merge(task.lane(), 1, Integer::sum);
      }
    }
    Map<Lane, double[]> waits = new HashMap<>();
    for (Observations.Started started : snapshot.observations().started()) {
      lanes.putIfAbsent(started.lane(), LaneMemory.NONE);
      if (isNew(started.enqueuedAt())) {
        arrivals.merge(started.lane(), 1, Integer::sum);
      }
      double target = Durations.seconds(settings.target(started.lane().workClass()));
      double[] tally = waits.computeIfAbsent(started.lane(), _ -> new double[2]);
      tally[0]++;
      tally[1] += Durations.seconds(started.enqueuedAt(), started.startedAt()) > target ? 1 : 0;
    }
    double elapsed = last == null ? 0 : Math.max(0, Durations.seconds(last, snapshot.at()));
    lanes.replaceAll(
        (lane, known) -> lane(known, arrivals.getOrDefault(lane, 0), waits.get(lane), elapsed));
    return lanes;
  }

  private boolean isNew(Instant enqueuedAt) {
    return last != null && enqueuedAt.isAfter(last) && !enqueuedAt.isAfter(snapshot.at());
  }

  private LaneMemory lane(
      LaneMemory known, int arrivals, double @Nullable [] waits, double elapsed) {
    double fade = Math.exp(-elapsed / WEEK);
    double started = known.started() * fade;
    double debt = known.debt() * fade;
    if (waits != null) {
      started += waits[0];
      debt += waits[1] - LatePrice.allowedShare(settings.waitPercentile()) * waits[0];
    }
    CalendarMemory calendar =
        settings.tuning().calendar() && last != null
            ? known.calendar().after(snapshot.at(), arrivals)
            : known.calendar();
    RateMemory rate = elapsed > 0 ? known.arrivals().after(elapsed, arrivals) : known.arrivals();
    return new LaneMemory(debt, started, rate, calendar);
  }
}
