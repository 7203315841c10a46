package io.castloom.autoscaler.decide;

import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.RunningTask;
import io.castloom.domain.scaling.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What started and finished between two snapshots, for a driver that does not say so. */
final class Difference {
  private record Ran(RunningTask task, Lane lane, String instance) {}

  private Map<String, WaitingTask> waited = new HashMap<>();
  private Map<String, Ran> ran = new HashMap<>();
  private @Nullable Instant last;

  Observations since(
      Instant at,
      List<WaitingTask> waiting,
      List<InstanceView> instances,
      Observations told,
      boolean startedTold,
      boolean finishedTold) {
    Map<String, Ran> runs = new HashMap<>();
    Set<String> present = new HashSet<>();
    for (InstanceView instance : instances) {
      present.add(instance.id());
      for (RunningTask task : instance.running()) {
        runs.put(
            task.id(), new Ran(task, new Lane(instance.kind(), task.workClass()), instance.id()));
      }
    }
    Map<String, WaitingTask> waits = new HashMap<>();
    waiting.forEach(task -> waits.put(task.id(), task));
    List<Observations.Started> started = new ArrayList<>(told.started());
    List<Observations.Finished> finished = new ArrayList<>(told.finished());
    Instant before = last;
    if (before != null && !startedTold) {
      started(at, waits, runs, started);
    }
    if (before != null && !finishedTold) {
      // it ended somewhere between the two lines: take the middle
      Instant end = at.minus(Duration.between(before, at).dividedBy(2));
      for (Ran one : ran.values()) {
        if (!runs.containsKey(one.task().id())
            && !waits.containsKey(one.task().id())
            && present.contains(one.instance())) {
          Duration service = Duration.between(one.task().startedAt(), end);
          if (service.isPositive()) {
            finished.add(
                new Observations.Finished(
                    one.lane(), one.task().profile(), service, one.task().estimate()));
          }
        }
      }
    }
    waited = waits;
    ran = runs;
    last = at;
    return new Observations(started, finished, told.failedLaunches());
  }

  private void started(
      Instant at,
      Map<String, WaitingTask> waits,
      Map<String, Ran> runs,
      List<Observations.Started> started) {
    for (WaitingTask task : waited.values()) {
      if (!waits.containsKey(task.id())) {
        Ran now = runs.get(task.id());
        started.add(
            new Observations.Started(
                task.lane(), task.enqueuedAt(), now == null ? at : now.task().startedAt()));
      }
    }
    for (Ran one : runs.values()) {
      if (!waited.containsKey(one.task().id()) && !ran.containsKey(one.task().id())) {
        // came and started since the line before: it cannot have waited longer than that
        started.add(
            new Observations.Started(one.lane(), one.task().startedAt(), one.task().startedAt()));
      }
    }
  }
}
