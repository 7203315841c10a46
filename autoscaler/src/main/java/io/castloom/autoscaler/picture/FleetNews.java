package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.roll.RollView;
import io.castloom.domain.scaling.Observations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What happened in the fleet; each thing is told once to whoever asks for its sort. */
public final class FleetNews {

  private static final int REMEMBERED = 50_000;

  private final Set<String> startedTold = new HashSet<>();
  private List<Observations.Started> started = new ArrayList<>();
  private List<Observations.Finished> finished = new ArrayList<>();
  private List<Observations.FailedLaunch> failed = new ArrayList<>();
  private List<Heartbeat.Done> done = new ArrayList<>();
  private List<Heartbeat.Running> orphaned = new ArrayList<>();
  private List<Duration> boots = new ArrayList<>();
  private List<RollView.Tries> tries = new ArrayList<>();

  FleetNews() {}

  void ended(List<Heartbeat.Done> some) {
    done.addAll(some);
    for (Heartbeat.Done task : some) {
      tellStarted(task.task() + "@" + task.startedAt(), task);
      if (task.produced()) {
        finished.add(
            new Observations.Finished(
                Translation.lane(task.workClass()),
                task.task().work(),
                Duration.between(task.startedAt(), task.endedAt()),
                task.estimate()));
      }
    }
  }

  private void tellStarted(String what, Heartbeat.Done task) {
    if (startedTold.size() > REMEMBERED) {
      startedTold.clear();
    }
    if (startedTold.add(what)) {
      started.add(
          new Observations.Started(
              Translation.lane(task.workClass()), task.enqueuedAt(), task.startedAt()));
    }
  }

  void booted(Duration boot) {
    boots.add(boot);
  }

  void tried(RollView.Tries some) {
    tries.add(some);
  }

  void orphaned(List<Heartbeat.Running> some) {
    orphaned.addAll(some);
  }

  /** A launch came to nothing. */
  public void launchFailed(Observations.FailedLaunch launch) {
    failed.add(launch);
  }

  /** What happened since this was last asked. */
  public Observations observations() {
    Observations all = new Observations(started, finished, failed);
    started = new ArrayList<>();
    finished = new ArrayList<>();
    failed = new ArrayList<>();
    return all;
  }

  /** Tries that ended since this was last asked. */
  public List<Heartbeat.Done> done() {
    List<Heartbeat.Done> all = done;
    done = new ArrayList<>();
    return all;
  }

  /** Tasks in the hands of instances that ended without a word, since this was last asked. */
  public List<Heartbeat.Running> orphaned() {
    List<Heartbeat.Running> all = orphaned;
    orphaned = new ArrayList<>();
    return all;
  }

  /** Tries that ended on working instances since this was last asked, by image. */
  public List<RollView.Tries> tries() {
    List<RollView.Tries> all = tries;
    tries = new ArrayList<>();
    return all;
  }

  /** What was asked for by {@link #tries} and could not be told: it comes again with the next. */
  public void untold(List<RollView.Tries> again) {
    tries.addAll(again);
  }

  /** Boot times seen since this was last asked. */
  public List<Duration> boots() {
    List<Duration> all = boots;
    boots = new ArrayList<>();
    return all;
  }
}
