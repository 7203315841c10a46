package io.castloom.local.fleet;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.Market;
import io.castloom.local.instance.ChildProcess;
import io.castloom.local.instance.MetadataServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet whose instances are processes of this machine, with the life of EC2's: pending while they
 * boot, running, stopping, gone and listed for an hour. An instance whose process ends by itself is
 * gone. Each has an {@link MetadataServer} of its own. They end with this JVM, also when it is
 * killed; so the tokens of launches are remembered in memory only.
 */
public final class ProcessFleet implements Fleet, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessFleet.class);
  private static final Duration LISTED_WHEN_GONE = Duration.ofHours(1);
  private static final String TYPE = "process";

  private final Path logs;
  private final InstanceCommand command;
  private final ProcessFleetSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<InstanceId, ProcessInstance> instances = new LinkedHashMap<>();
  private final Map<String, List<ProcessInstance>> launches = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("process-fleet").factory());
  private boolean closed;

  /**
   * @param logs the folder of the instances' logs, {@code <instance>.log} each
   */
  public ProcessFleet(
      Path logs, InstanceCommand command, ProcessFleetSettings settings, InstantSource clock) {
    this.logs = logs;
    this.command = command;
    this.settings = settings;
    this.clock = clock;
    this.random = new SplittableRandom(settings.seed());
  }

  @Override
  public synchronized LaunchOutcome launch(LaunchRequest request) throws IOException {
    if (closed) {
      throw new IOException("the fleet is closed");
    }
    List<ProcessInstance> earlier = launches.get(request.token());
    if (earlier != null) {
      return new LaunchOutcome.Launched(snapshots(earlier), List.of());
    }
    long living = instances.values().stream().filter(ProcessInstance::living).count();
    int count = (int) Math.min(request.count(), settings.maxInstances() - living);
    if (count <= 0) {
      return new LaunchOutcome.Refused(
          "no capacity: "
              + living
              + " processes run, at most "
              + settings.maxInstances()
              + " may (--max-workers)");
    }
    int spot = (int) Math.floor(count * request.spotShare() + 1e-9);
    List<ProcessInstance> launched = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      launched.add(make(request, i < spot ? Market.SPOT : Market.ON_DEMAND));
    }
    launches.put(request.token(), List.copyOf(launched));
    return new LaunchOutcome.Launched(
        snapshots(launched),
        count == request.count()
            ? List.of()
            : List.of((request.count() - count) + " more than the machine may run"));
  }

  private static List<Instance> snapshots(List<ProcessInstance> some) {
    return some.stream().map(ProcessInstance::now).toList();
  }

  private ProcessInstance make(LaunchRequest request, Market market) throws IOException {
    byte[] id = new byte[9];
    random.nextBytes(id);
    Instance seed =
        new Instance(
            new InstanceId("i-" + HexFormat.of().formatHex(id).substring(1)),
            request.kind(),
            InstanceState.PENDING,
            market,
            TYPE,
            clock.instant(),
            Map.of(
                Instance.LAUNCH_TOKEN, request.token(), FleetImage.TAG, request.image().value()));
    MetadataServer metadata =
        MetadataServer.start(
            new MetadataServer.Identity(
                seed.id(), TYPE, "local", "local-a", "none", seed.tags(), ""));
    ProcessInstance instance = new ProcessInstance(seed, metadata);
    instances.put(seed.id(), instance);
    boolean fails = random.nextDouble() < settings.failedBoots();
    if (!fails) {
      later(settings.boot(), () -> start(instance));
    }
    return instance;
  }

  private void start(ProcessInstance instance) {
    if (!instance.pending()) {
      return;
    }
    Instance seed = instance.now();
    try {
      ProcessBuilder builder = command.build(seed.id(), seed.kind());
      builder.environment().put(InstanceCommand.INSTANCE_VARIABLE, seed.id().value());
      builder.environment().put(MetadataServer.VARIABLE, instance.metadata().endpoint().toString());
      ChildProcess child = ChildProcess.start(builder, logs.resolve(seed.id() + ".log"));
      var _ =
          child
              .ended()
              .thenAccept(
                  code -> {
                    LOG.info("instance {} ended with exit code {}", seed.id(), code);
                    instance.gone(clock.instant());
                  });
      if (instance.running(child)) {
        LOG.info("instance {} ({}) runs as process {}", seed.id(), seed.kind(), child.pid());
        interruptSomeDay(instance);
      } else {
        child.kill();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("instance {} does not start: {}", seed.id(), e.getMessage());
      instance.gone(clock.instant());
    }
  }

  private void later(Duration delay, Runnable action) {
    var _ =
        timer.schedule(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                LOG.error("an instance's next step failed", e);
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void interruptSomeDay(ProcessInstance instance) {
    Duration mean = settings.spotLife();
    if (mean != null && instance.now().market() == Market.SPOT) {
      long life = (long) (-Math.log(1 - draw()) * mean.toMillis());
      later(Duration.ofMillis(life), () -> interrupt(instance));
    }
  }

  private synchronized double draw() {
    return random.nextDouble();
  }

  /**
   * Gives an instance the notice of a spot interruption now; it is lost when the notice is over.
   */
  public synchronized void interrupt(InstanceId id) {
    ProcessInstance instance = instances.get(id);
    if (instance != null) {
      interrupt(instance);
    }
  }

  private void interrupt(ProcessInstance instance) {
    if (instance.living()) {
      instance.metadata().announceInterruption(clock.instant().plus(settings.spotNotice()));
      LOG.info("instance {} is interrupted in {}", instance.now().id(), settings.spotNotice());
      later(settings.spotNotice(), instance::kill);
    }
  }

  @Override
  public synchronized void terminate(List<InstanceId> ids) {
    Instant now = clock.instant();
    for (InstanceId id : ids) {
      ProcessInstance instance = instances.get(id);
      if (instance != null) {
        instance.stop(settings.stopPatience(), now);
      }
    }
  }

  @Override
  public synchronized List<Instance> list() {
    Instant bound = clock.instant().minus(LISTED_WHEN_GONE);
    instances.values().removeIf(instance -> instance.goneBefore(bound));
    return snapshots(List.copyOf(instances.values()));
  }

  /** Ends every instance and waits for it, as long as the settings' patience. */
  @Override
  public void close() {
    List<ProcessInstance> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(instances.values());
      terminate(List.copyOf(instances.keySet()));
    }
    timer.shutdownNow();
    long deadline = System.nanoTime() + settings.stopPatience().plusSeconds(1).toNanos();
    for (ProcessInstance instance : all) {
      instance.awaitGone(deadline);
      instance.kill();
    }
  }
}
