package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The rules of those who scale by a queue today, as their code and documentation have them (read in
 * 2026): what they look at, how often, and how they let go.
 */
public final class Peers {
  private Peers() {}

  /**
   * All of them, for one kind of instance.
   *
   * @param kind what they scale
   * @param target wait in seconds that those with a target are given
   * @param meanService mean service in seconds, told to those that need it
   * @param type what they launch
   * @param max most instances
   */
  public static List<Policy> all(
      WorkKind kind, double target, double meanService, InstanceType type, int max) {
    return List.of(
        new Keda(kind, target, type, max, 1),
        new Keda(kind, target, type, max, 2),
        new Keda(kind, target, type, max, 5),
        new BacklogTracking(kind, target, type, max, meanService),
        new StepOnAge("step, mild", kind, target, type, max, 1.0, 1),
        new StepOnAge("step, aggressive", kind, target, type, max, 0.5, 3),
        new QueueTime(kind, target, type, max),
        new Buildkite(kind, target, type, max));
  }

  /**
   * A fleet of fixed size, for comparison: what it takes to hold a target by standing still.
   *
   * @param kind what it serves
   * @param type of which machines
   * @param size how many
   */
  public static Policy fixed(WorkKind kind, InstanceType type, int size) {
    return new Fixed(kind, type, size);
  }

  private static final class Fixed extends Peer {
    private final int size;

    Fixed(WorkKind kind, InstanceType type, int size) {
      super("fixed fleet of " + size, kind, 0, type, size);
      this.size = size;
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      return size;
    }
  }

  /**
   * KEDA with the SQS scaler: ceil((visible + in flight) / q) every 30 s, in by the maximum of five
   * minutes.
   */
  private static final class Keda extends Peer {
    private final int queueLength;
    private final Deque<Integer> window = new ArrayDeque<>();
    private double next;
    private int held;

    Keda(WorkKind kind, double target, InstanceType type, int max, int queueLength) {
      super("KEDA q=" + queueLength, kind, target, type, max);
      this.queueLength = queueLength;
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      if (fleet.now < next) {
        return Math.max(held, 0);
      }
      next = fleet.now + 30;
      int desired = Math.ceilDiv(fleet.waitingCount() + fleet.runningCount(), queueLength);
      window.add(desired);
      if (window.size() > 10) {
        window.remove();
      }
      held = window.stream().mapToInt(i -> i).max().orElse(0);
      return held;
    }
  }

  /**
   * AWS target tracking on visible / running, target = acceptable latency / mean service; a
   * datapoint a minute.
   */
  private static final class BacklogTracking extends Peer {
    private final double perInstance;
    private double next;
    private int above;
    private int below;
    private int held;

    BacklogTracking(WorkKind kind, double target, InstanceType type, int max, double meanService) {
      super("backlog tracking", kind, target, type, max);
      this.perInstance = target / meanService;
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      if (fleet.now < next) {
        return held;
      }
      next = fleet.now + 60;
      int visible = fleet.waitingCount();
      if (active == 0) {
        held = visible > 0 ? 1 : 0;
        return held;
      }
      double metric = (double) visible / active;
      above = metric > perInstance ? above + 1 : 0;
      below = metric < 0.9 * perInstance ? below + 1 : 0;
      if (above >= 3) {
        held = (int) Math.ceil(active * metric / perInstance);
        above = 0;
      } else if (below >= 15) {
        held =
            Math.max(
                (int) Math.ceil(active * metric / perInstance), (int) Math.floor(active * 0.9));
        held = fleet.runningCount() + visible == 0 ? Math.min(held, active - 1) : Math.max(held, 1);
        below = 0;
      } else {
        held = active;
      }
      return held;
    }
  }

  /**
   * Step scaling on the age of the oldest message, every minute; one at a time back after five
   * quiet minutes.
   */
  private static final class StepOnAge extends Peer {
    private final double share;
    private final int step;
    private double next;
    private double quietSince;
    private double warmUntil;
    private int held;

    StepOnAge(
        String name,
        WorkKind kind,
        double target,
        InstanceType type,
        int max,
        double share,
        int step) {
      super(name, kind, target, type, max);
      this.share = share;
      this.step = step;
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      if (fleet.now < next) {
        return held;
      }
      next = fleet.now + 60;
      held = active;
      double age = fleet.oldestWait();
      if (age > 0) {
        quietSince = fleet.now;
      }
      if (age > share * target && fleet.now >= warmUntil) {
        held = active + (age > 2 * share * target ? 2 * step : step);
        warmUntil = fleet.now + 120;
      } else if (active == 0 && fleet.waitingCount() > 0) {
        held = 1;
      } else if (fleet.now - quietSince >= 300 && fleet.runningCount() < active) {
        held = active - 1;
      }
      return held;
    }
  }

  /**
   * Judoscale: any sample of ten seconds above the threshold, one more; ten minutes all below, one
   * fewer.
   */
  private static final class QueueTime extends Peer {
    private double calmSince;
    private double warmUntil;

    QueueTime(WorkKind kind, double target, InstanceType type, int max) {
      super("queue time", kind, target, type, max);
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      if (fleet.oldestWait() > target / 2) {
        calmSince = fleet.now;
        if (fleet.now >= warmUntil) {
          warmUntil = fleet.now + 20;
          return active + 1;
        }
        return active;
      }
      if (fleet.now - calmSince >= 600 && active > 0) {
        calmSince = fleet.now;
        return active - 1;
      }
      return active;
    }
  }

  /**
   * Buildkite's agent scaler: ceil((scheduled + running) / 1) every ten seconds; an agent idle for
   * ten minutes ends.
   */
  private static final class Buildkite extends Peer {
    Buildkite(WorkKind kind, double target, InstanceType type, int max) {
      super("Buildkite", kind, target, type, max);
    }

    @Override
    int wanted(SimulatedFleet fleet, int active) {
      int needed = fleet.waitingCount() + fleet.runningCount();
      int idle = 0;
      for (Machine machine : fleet.machines) {
        if (machine.ready && machine.running.isEmpty() && fleet.now - machine.idleSince >= 600) {
          idle++;
        }
      }
      return Math.max(needed, active - idle);
    }
  }
}
