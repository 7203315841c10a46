package io.castloom.service.tasks;

import io.castloom.domain.control.Command;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an instance's control queue. A command is carried out once, however often it comes;
 * one that is too old is not carried out; each is acknowledged with its result.
 */
final class Controls {

  private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final int REMEMBERED = 1_000;

  private final ControlChannel channel;
  private final InstanceId instance;
  private final Function<Command, String> carryOut;
  private final BiConsumer<String, String> acknowledge;
  private final InstantSource clock;
  private final Set<String> known = Lru.set(REMEMBERED);
  private @Nullable WorkQueue<Directive> queue;

  /**
   * @param carryOut does a command and gives its result in a word or a sentence
   * @param acknowledge is given the command's id and its result
   */
  Controls(
      ControlChannel channel,
      InstanceId instance,
      Function<Command, String> carryOut,
      BiConsumer<String, String> acknowledge,
      InstantSource clock) {
    this.channel = channel;
    this.instance = instance;
    this.carryOut = carryOut;
    this.acknowledge = acknowledge;
    this.clock = clock;
  }

  /** Makes the queue, so that commands reach this instance from now on. */
  void open() throws IOException {
    queue = channel.open(instance);
  }

  /** Obeys until the instance has stopped, or the thread is interrupted. */
  void obeyWhile(Hands hands) {
    try {
      while (hands.mode() != Heartbeat.Mode.STOPPED && !Thread.currentThread().isInterrupted()) {
        try {
          listenOnce(LONGEST_WAIT);
        } catch (IOException e) {
          if (hands.mode() != Heartbeat.Mode.STOPPED) {
            LOG.warn("control queue cannot be read: {}", e.toString());
            hands.pause();
          }
        } catch (RuntimeException e) {
          LOG.error("bug in the control queue's reading", e);
          hands.pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for commands this long at most, and carries out those that come. */
  void listenOnce(Duration wait) throws IOException {
    WorkQueue<Directive> listened = queue;
    if (listened == null) {
      LOG.warn("control queue of {} was removed; it is made again", instance);
      listened = channel.open(instance);
      queue = listened;
    }
    try {
      for (Lease<Directive> lease : listened.receive(10, wait, VISIBILITY)) {
        obey(lease.body());
        lease.complete();
      }
    } catch (NoSuchQueueException e) {
      queue = null; // by this instance at its end, or by mistake
    }
  }

  private void obey(Directive directive) {
    if (!known.add(directive.id())) {
      return;
    }
    String name = directive.command().getClass().getSimpleName();
    if (directive.expiredAt(clock.instant())) {
      LOG.info("command {} {} came too late", name, directive.id());
      acknowledge.accept(directive.id(), "expired");
      return;
    }
    LOG.info("command {}", directive.command());
    String result;
    try {
      result = carryOut.apply(directive.command());
    } catch (IllegalArgumentException e) {
      result = "refused: " + e.getMessage();
    }
    acknowledge.accept(directive.id(), result);
  }

  /** Removes the queue: nobody listens any more. */
  void remove() throws IOException {
    channel.remove(instance);
  }
}
