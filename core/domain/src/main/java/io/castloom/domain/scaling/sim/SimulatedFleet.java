package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Queues and instances in simulated time. A slot takes the most urgent class first and in it the
 * oldest task, which is what the workers do.
 */
public final class SimulatedFleet {
  private record Event(double at, long order, Machine machine, int job)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  final Trace trace;
  final double[] started;
  final List<Machine> machines = new ArrayList<>();

  /** Jobs started and finished since the last tick, for the policies that learn. */
  final List<Integer> justStarted = new ArrayList<>();

  final List<Integer> justFinished = new ArrayList<>();
  double now;
  int launches;
  int failedBoots;
  int mostAtOnce;

  private final World world;
  private final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Lane, Deque<Integer>> queues = new TreeMap<>();
  private int nextArrival;
  private int finished;
  private long order;
  private double endedSeconds;
  private double endedUsd;

  SimulatedFleet(Trace trace, World world) {
    this.trace = trace;
    this.world = world;
    this.random = new SplittableRandom(world.seed());
    this.started = new double[trace.jobs().size()];
    java.util.Arrays.fill(started, -1);
    for (Job job : trace.jobs()) {
      queues.computeIfAbsent(job.lane(), _ -> new ArrayDeque<>());
    }
  }

  /** Lets time pass. */
  void advance(double until) {
    justStarted.clear();
    justFinished.clear();
    while (true) {
      double arrival =
          nextArrival < trace.jobs().size()
              ? trace.jobs().get(nextArrival).arrival()
              : Double.POSITIVE_INFINITY;
      Event event = events.peek();
      if (arrival <= until && (event == null || arrival <= event.at())) {
        now = arrival;
        arrive(nextArrival++);
      } else if (event != null && event.at() <= until) {
        now = event.at();
        events.remove();
        happen(event);
      } else {
        break;
      }
    }
    now = until;
  }

  private void arrive(int job) {
    Lane lane = trace.jobs().get(job).lane();
    Deque<Integer> queue = Objects.requireNonNull(queues.get(lane));
    for (Machine machine : machines) {
      if (machine.kind == lane.kind() && machine.hasRoom() && queue.isEmpty()) {
        start(machine, job);
        return;
      }
    }
    queue.add(job);
  }

  private void happen(Event event) {
    Machine machine = event.machine();
    if (machine.gone()) {
      return;
    }
    if (event.job() < 0) {
      machine.ready = true;
      machine.idleSince = now;
    } else {
      machine.running.removeIf(r -> r.job() == event.job());
      justFinished.add(event.job());
      finished++;
      if (machine.running.isEmpty()) {
        machine.idleSince = now;
      }
      if (machine.draining && machine.running.isEmpty()) {
        end(machine);
        return;
      }
    }
    fill(machine);
  }

  private void fill(Machine machine) {
    for (Map.Entry<Lane, Deque<Integer>> queue : queues.entrySet()) {
      while (queue.getKey().kind() == machine.kind
          && machine.hasRoom()
          && !queue.getValue().isEmpty()) {
        start(machine, queue.getValue().remove());
      }
    }
  }

  private void start(Machine machine, int job) {
    started[job] = now;
    justStarted.add(job);
    machine.running.add(new Machine.Running(job, now));
    events.add(
        new Event(
            now + trace.jobs().get(job).service() / machine.type.speed(), order++, machine, job));
  }

  /** Launches one instance. */
  void launch(WorkKind kind, InstanceType type, Market market) {
    boolean fails = random.nextDouble() < world.failedShare();
    double z = random.nextGaussian();
    double sigma = world.bootSigma();
    double boot = world.bootMean() * Math.exp(sigma * z - sigma * sigma / 2);
    double readyAt = fails ? Double.POSITIVE_INFINITY : now + boot;
    Machine machine = new Machine("i-" + launches, kind, type, market, now, readyAt);
    launches++;
    failedBoots += fails ? 1 : 0;
    machines.add(machine);
    mostAtOnce = Math.max(mostAtOnce, machines.size());
    if (!fails) {
      events.add(new Event(readyAt, order++, machine, -1));
    }
  }

  /** Takes no new work; ends at once when idle or pending. */
  void drain(Machine machine) {
    machine.draining = true;
    if (machine.running.isEmpty()) {
      end(machine);
    }
  }

  private void end(Machine machine) {
    machine.ended = now;
    endedSeconds += now - machine.launched;
    endedUsd += (now - machine.launched) / 3600 * machine.type.usdPerHour(machine.market);
    machines.remove(machine);
  }

  boolean allDone() {
    return finished == trace.jobs().size();
  }

  List<Integer> waiting() {
    List<Integer> waiting = new ArrayList<>();
    for (Deque<Integer> queue : queues.values()) {
      waiting.addAll(queue);
    }
    return waiting;
  }

  int waitingCount() {
    int sum = 0;
    for (Deque<Integer> queue : queues.values()) {
      sum += queue.size();
    }
    return sum;
  }

  int runningCount() {
    int sum = 0;
    for (Machine machine : machines) {
      sum += machine.running.size();
    }
    return sum;
  }

  /** How long the oldest waiting job has waited; 0 when none waits. */
  double oldestWait() {
    double oldest = 0;
    for (Deque<Integer> queue : queues.values()) {
      if (!queue.isEmpty()) {
        oldest = Math.max(oldest, now - trace.jobs().get(queue.element()).arrival());
      }
    }
    return oldest;
  }

  /** Instance seconds paid for so far. */
  double instanceSeconds() {
    double sum = endedSeconds;
    for (Machine machine : machines) {
      sum += now - machine.launched;
    }
    return sum;
  }

  /** US dollars paid so far. */
  double usd() {
    double sum = endedUsd;
    for (Machine machine : machines) {
      sum += (now - machine.launched) / 3600 * machine.type.usdPerHour(machine.market);
    }
    return sum;
  }
}
