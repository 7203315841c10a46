package io.castloom.domain.fleet;

import io.castloom.domain.job.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A fleet in memory. Instances boot, stop and are forgotten by the given clock. As hostile as EC2:
 * listings can lag behind launches, capacity can run out in the middle of a launch, spot can be
 * missing, instances can die or never come up, and a call can fail after it took effect.
 */
public final class MemoryFleet implements Fleet {

  /** How long an instance that is gone is still listed. */
  public static final Duration LISTED_WHEN_GONE = Duration.ofHours(1);

  /**
   * What a fleet is like.
   *
   * @param boot from launch to running
   * @param stop from terminate to gone
   * @param listingLag how long a launched instance is missing from listings
   * @param capacity how many may be pending or running at once
   * @param spotCapacity how many of them may be spot
   */
  public record Nature(
      Duration boot, Duration stop, Duration listingLag, int capacity, int spotCapacity) {
    public static final Nature KIND =
        new Nature(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1000, 1000);
  }

  private static final class Machine {
    final Instance seed;
    final Duration boot;
    Instant stoppingAt = Instant.MAX;

    Machine(Instance seed, Duration boot) {
      this.seed = seed;
      this.boot = boot;
    }
  }

  private final InstantSource clock;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final List<LaunchRequest> requests = new ArrayList<>();
  private Nature nature;
  private String refusal = "";
  private int failures;
  private int failuresAfterEffect;
  private int made;

  public MemoryFleet(InstantSource clock, Nature nature) {
    this.clock = clock;
    this.nature = nature;
  }

  public MemoryFleet(InstantSource clock) {
    this(clock, Nature.KIND);
  }

  @Override
  public synchronized LaunchOutcome launch(LaunchRequest request) throws IOException {
    failBefore();
    requests.add(request);
    List<Instance> earlier =
        machines.values().stream()
            .map(this::now)
            .filter(i -> request.token().equals(i.tags().get(Instance.LAUNCH_TOKEN)))
            .toList();
    if (!earlier.isEmpty()) {
      return new LaunchOutcome.Launched(earlier, List.of());
    }
    if (!refusal.isEmpty()) {
      return new LaunchOutcome.Refused(refusal);
    }
    int free = nature.capacity() - occupied(instance -> true);
    int count = Math.min(request.count(), free);
    if (count <= 0) {
      return new LaunchOutcome.Refused("no capacity: " + nature.capacity() + " instances run");
    }
    int spot =
        (int)
            Math.min(
                Math.floor(count * request.spotShare()),
                nature.spotCapacity() - occupied(instance -> instance.market() == Market.SPOT));
    List<Instance> launched = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      launched.add(make(request, i < spot ? Market.SPOT : Market.ON_DEMAND));
    }
    failAfter();
    return new LaunchOutcome.Launched(
        launched,
        count == request.count()
            ? List.of()
            : List.of("no capacity for " + (request.count() - count) + " more"));
  }

  private Instance make(LaunchRequest request, Market market) {
    InstanceId id = new InstanceId(String.format("i-%017x", ++made));
    Instance seed =
        new Instance(
            id,
            request.kind(),
            InstanceState.PENDING,
            market,
            request.types().isEmpty() ? "memory" : request.types().getFirst(),
            clock.instant(),
            Map.of(
                Instance.LAUNCH_TOKEN, request.token(), FleetImage.TAG, request.image().value()));
    Machine machine = new Machine(seed, nature.boot());
    machines.put(id.value(), machine);
    return now(machine);
  }

  @Override
  public synchronized void terminate(List<InstanceId> instances) throws IOException {
    failBefore();
    instances.forEach(this::end);
    failAfter();
  }

  @Override
  public synchronized List<Instance> list() throws IOException {
    failBefore();
    Instant now = clock.instant();
    machines
        .values()
        .removeIf(m -> m.stoppingAt.isBefore(now.minus(nature.stop()).minus(LISTED_WHEN_GONE)));
    return machines.values().stream()
        .filter(m -> !m.seed.launchedAt().plus(nature.listingLag()).isAfter(now))
        .map(this::now)
        .toList();
  }

  /** Changes what it is like from now on; instances keep the boot time they were launched with. */
  public synchronized void become(Nature other) {
    nature = other;
  }

  /** Refuses launches with this reason; empty accepts them again. */
  public synchronized void refuse(String reason) {
    refusal = reason;
  }

  /** Lets the next calls fail before they do anything. */
  public synchronized void failNext(int calls) {
    failures = calls;
  }

  /** Lets the next launches or terminations take effect and then fail. */
  public synchronized void failNextAfterEffect(int calls) {
    failuresAfterEffect = calls;
  }

  /** An instance ends by itself, or by a spot interruption. */
  public synchronized void end(InstanceId instance) {
    Machine machine = machines.get(instance.value());
    if (machine != null && machine.stoppingAt.equals(Instant.MAX)) {
      machine.stoppingAt = clock.instant();
    }
  }

  /** Every launch that was asked for, in order, repeated ones included. */
  public synchronized List<LaunchRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many instances are pending or running, of one kind. */
  public synchronized long living(TaskKind kind) {
    return machines.values().stream()
        .map(this::now)
        .filter(i -> i.kind() == kind && alive(i.state()))
        .count();
  }

  private int occupied(Predicate<Instance> which) {
    return (int)
        machines.values().stream()
            .map(this::now)
            .filter(instance -> alive(instance.state()) && which.test(instance))
            .count();
  }

  private static boolean alive(InstanceState state) {
    return state == InstanceState.PENDING || state == InstanceState.RUNNING;
  }

  private Instance now(Machine machine) {
    Instant now = clock.instant();
    Instance seed = machine.seed;
    InstanceState state = InstanceState.RUNNING;
    if (!machine.stoppingAt.isAfter(now)) {
      boolean gone = !machine.stoppingAt.plus(nature.stop()).isAfter(now);
      state = gone ? InstanceState.GONE : InstanceState.STOPPING;
    } else if (seed.launchedAt().plus(machine.boot).isAfter(now)) {
      state = InstanceState.PENDING;
    }
    return new Instance(
        seed.id(), seed.kind(), state, seed.market(), seed.type(), seed.launchedAt(), seed.tags());
  }

  private void failBefore() throws IOException {
    if (failures > 0) {
      failures--;
      throw new IOException("the fleet's provider does not answer");
    }
  }

  private void failAfter() throws IOException {
    if (failuresAfterEffect > 0) {
      failuresAfterEffect--;
      throw new IOException("the fleet's provider answered too late");
    }
  }
}
