package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Task;
import io.castloom.domain.queue.Outgoing;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the autoscaler that the instance lives, what it does, and which commands it obeyed. */
final class Heart {

  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
  private static final int MAX_TOLD = 200;

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final Identity identity;
  private final Hands hands;
  private final InstantSource clock;
  private final Instant startedAt;
  private List<String> acknowledged = new ArrayList<>();
  private List<Heartbeat.Done> done = new ArrayList<>();
  private volatile boolean many;
  private volatile Instant beatAt = Instant.EPOCH;

  Heart(
      LoopPorts ports, LoopSettings settings, Identity identity, Hands hands, InstantSource clock) {
    this.ports = ports;
    this.settings = settings;
    this.identity = identity;
    this.hands = hands;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  synchronized void acknowledge(String id, String result) {
    acknowledged.add(id + ": " + result);
    beat();
  }

  /** A try ended. */
  synchronized void ended(Task task, Instant startedAt, boolean produced) {
    done.add(
        new Heartbeat.Done(
            task.id(),
            task.workClass(),
            task.account(),
            task.enqueuedAt(),
            startedAt,
            clock.instant(),
            task.estimate(),
            task.show(),
            produced));
    if (done.size() > 2 * MAX_TOLD) {
      done = new ArrayList<>(done.subList(done.size() - MAX_TOLD, done.size()));
    }
    many = done.size() >= MAX_TOLD;
  }

  /** Whether it is time for the next one. */
  boolean isDue() {
    return many || !clock.instant().isBefore(beatAt.plus(settings.heartbeatEvery()));
  }

  /** Beats now. What was acknowledged is told again when this one could not be sent. */
  synchronized void beat() {
    Instant now = clock.instant();
    beatAt = now;
    many = false;
    List<Heartbeat.Running> running =
        hands.all().stream().limit(MAX_TOLD).map(RunningTask::forHeartbeat).toList();
    Heartbeat heartbeat =
        new Heartbeat(
            identity.instance(),
            settings.kind(),
            hands.mode(),
            hands.slots(),
            now,
            startedAt,
            identity.encoder(),
            running,
            done,
            acknowledged);
    try {
      ports.heartbeats().send(Outgoing.now(heartbeat, identity.instance().value()));
      acknowledged = new ArrayList<>();
      done = new ArrayList<>();
    } catch (IOException e) {
      LOG.warn("heartbeat was not sent: {}", e.toString());
    }
  }
}
