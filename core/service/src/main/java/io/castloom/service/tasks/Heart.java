package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
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

  /** Whether it is time for the next one. */
  boolean isDue() {
    return !clock.instant().isBefore(beatAt.plus(settings.heartbeatEvery()));
  }

  /** Beats now. What was acknowledged is told again when this one could not be sent. */
  synchronized void beat() {
    Instant now = clock.instant();
    beatAt = now;
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
            acknowledged);
    try {
      ports.heartbeats().send(Outgoing.now(heartbeat, identity.instance().value()));
      acknowledged = new ArrayList<>();
    } catch (IOException e) {
      LOG.warn("heartbeat was not sent: {}", e.toString());
    }
  }
}
