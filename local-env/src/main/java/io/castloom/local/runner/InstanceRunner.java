package io.castloom.local.runner;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.local.fleet.InstanceCommand;
import io.castloom.local.instance.ChildProcess;
import io.castloom.local.instance.MetadataServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the emulator's running instances into processes, each with its own {@link MetadataServer},
 * and reflects their end back: an instance that the emulator ends has its process stopped, a
 * process that ended has its instance terminated. One thread calls {@link #runOnce} regularly; the
 * other methods may be called from any.
 */
public final class InstanceRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceRunner.class);

  private record Machine(MetadataServer metadata, ChildProcess process) {}

  private final Fleet fleet;
  private final Machines machines;
  private final InstanceCommand command;
  private final RunnerSettings settings;
  private final InstantSource clock;
  private final Map<InstanceId, Machine> running = new LinkedHashMap<>();
  private final Map<InstanceId, Instant> interrupted = new HashMap<>();

  /** Instances that run something else. */
  private final Set<InstanceId> foreign = new HashSet<>();

  /**
   * @param fleet the emulator's, which lists what there is and ends it
   */
  public InstanceRunner(
      Fleet fleet,
      Machines machines,
      InstanceCommand command,
      RunnerSettings settings,
      InstantSource clock) {
    this.fleet = fleet;
    this.machines = machines;
    this.command = command;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One look at the emulator, and what follows from it. Returns at once; processes stop in their
   * own time.
   *
   * @throws IOException the emulator does not answer; the processes go on
   */
  public synchronized void runOnce() throws IOException {
    Map<InstanceId, Instance> listed = new LinkedHashMap<>();
    fleet.list().forEach(instance -> listed.put(instance.id(), instance));
    foreign.retainAll(listed.keySet());
    endInterrupted();
    reflectEnds(listed);
    for (Instance instance : listed.values()) {
      boolean booted = !instance.launchedAt().plus(settings.boot()).isAfter(clock.instant());
      if (instance.state() == InstanceState.RUNNING
          && booted
          && !running.containsKey(instance.id())
          && !foreign.contains(instance.id())) {
        start(instance);
      }
    }
  }

  private void endInterrupted() throws IOException {
    Instant now = clock.instant();
    List<InstanceId> over = new ArrayList<>();
    interrupted.forEach(
        (id, at) -> {
          if (!at.isAfter(now)) {
            over.add(id);
          }
        });
    if (!over.isEmpty()) {
      fleet.terminate(over);
      over.forEach(
          id -> {
            interrupted.remove(id);
            Machine machine = running.get(id);
            if (machine != null) {
              machine.process().kill();
            }
          });
    }
  }

  private void reflectEnds(Map<InstanceId, Instance> listed) throws IOException {
    List<InstanceId> ended = new ArrayList<>();
    running.forEach(
        (id, machine) -> {
          if (!machine.process().alive()) {
            ended.add(id);
          } else if (!wanted(listed.get(id))) {
            machine.process().stop(settings.stopPatience());
          }
        });
    if (!ended.isEmpty()) {
      fleet.terminate(ended); // first: an instance still running would get a new process
      for (InstanceId id : ended) {
        LOG.info("instance {} has ended", id);
        Machine machine = running.remove(id);
        if (machine != null) {
          machine.metadata().close();
        }
        listed.remove(id);
      }
    }
  }

  private static boolean wanted(@org.jspecify.annotations.Nullable Instance instance) {
    return instance != null
        && (instance.state() == InstanceState.PENDING || instance.state() == InstanceState.RUNNING);
  }

  private void start(Instance instance) throws IOException {
    InstanceId id = instance.id();
    MetadataServer.Identity identity = machines.identity(id);
    if (!settings.hasCastloom(identity.image())) {
      foreign.add(id);
      LOG.warn("instance {} boots from {}, which holds no Castloom", id, identity.image());
      return;
    }
    MetadataServer metadata = MetadataServer.start(identity);
    try {
      ProcessBuilder builder = command.build(id, instance.kind());
      builder.environment().put(InstanceCommand.INSTANCE_VARIABLE, id.value());
      builder.environment().put(MetadataServer.VARIABLE, metadata.endpoint().toString());
      ChildProcess process = ChildProcess.start(builder, settings.logs().resolve(id + ".log"));
      running.put(id, new Machine(metadata, process));
      LOG.info("instance {} ({}) runs as process {}", id, instance.kind(), process.pid());
    } catch (IOException e) {
      metadata.close();
      LOG.warn("instance {} does not start, ending it: {}", id, e.getMessage());
      fleet.terminate(List.of(id));
    }
  }

  /** Gives an instance the notice of a spot interruption; it is ended when the notice is over. */
  public synchronized void interrupt(InstanceId id) {
    Machine machine = running.get(id);
    if (machine != null && !interrupted.containsKey(id)) {
      Instant at = clock.instant().plus(settings.spotNotice());
      machine.metadata().announceInterruption(at);
      interrupted.put(id, at);
      LOG.info("instance {} is interrupted at {}", id, at);
    }
  }

  /** The instances that have a process now. */
  public synchronized List<InstanceId> running() {
    return running.entrySet().stream()
        .filter(entry -> entry.getValue().process().alive())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Calls {@link #runOnce} until the thread is interrupted; a fault is logged and passed over. */
  public void run(Duration interval) {
    boolean reachable = true;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        runOnce();
        reachable = true;
      } catch (IOException | RuntimeException e) {
        if (reachable) {
          LOG.warn("cannot look after the emulator's instances: {}", e.getMessage());
        }
        reachable = false;
      }
      try {
        Thread.sleep(interval);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops every process and waits for it as long as the settings' patience. */
  @Override
  public synchronized void close() {
    running.values().forEach(machine -> machine.process().stop(settings.stopPatience()));
    for (Machine machine : running.values()) {
      machine.process().awaitEnd(settings.stopPatience().plusSeconds(1));
      machine.metadata().close();
    }
    running.clear();
  }
}
