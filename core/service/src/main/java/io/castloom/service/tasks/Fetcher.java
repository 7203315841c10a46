package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets messages from the class queues of a kind: asks them in turn without waiting, has the held
 * tasks of an empty one sent before it turns to the next, and only when all are empty waits at all
 * of them at once.
 */
final class Fetcher {

  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
  private static final int MAX_RECEIVE = 10;
  private static final Duration JUST_SENT = Duration.ofSeconds(1);

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final Hands hands;
  private final Executor executor;
  private final BiConsumer<WorkClass, List<Lease<Task>>> accept;
  private final BiConsumer<WorkClass, List<Lease<Task>>> passOn;
  private final Choice choice;
  private final ClassTurns turns;
  private final HeldTasks held;
  private final Set<WorkClass> waiting = ConcurrentHashMap.newKeySet();
  private final Phaser outstanding = new Phaser(1);

  /**
   * @param accept is given what came
   * @param passOn is given what came and is not taken
   */
  Fetcher(
      LoopPorts ports,
      LoopSettings settings,
      Hands hands,
      Executor executor,
      HeldTasks held,
      BiConsumer<WorkClass, List<Lease<Task>>> accept,
      BiConsumer<WorkClass, List<Lease<Task>>> passOn,
      Choice choice) {
    this.ports = ports;
    this.settings = settings;
    this.hands = hands;
    this.executor = executor;
    this.held = held;
    this.accept = accept;
    this.passOn = passOn;
    this.choice = choice;
    this.turns = new ClassTurns(settings.kind());
  }

  /**
   * Asks the queues in turn, without waiting, until one gives something.
   *
   * @return how many messages came
   */
  int poll() throws IOException {
    boolean first = true;
    for (WorkClass workClass : turns.order()) {
      int room = Math.min(MAX_RECEIVE, hands.room());
      if (room == 0) {
        return 0;
      }
      // the shares are kept in tasks, or in batches when tasks are so quick that a request sets the
      // pace; when the first class has nothing, the next may have all the room
      int run = turns.run();
      int asked = first && !hands.takesAhead() ? Math.min(room, run) : room;
      boolean passed = waiting.contains(workClass) || (hands.takesAhead() && held.isDry(workClass));
      if (!passed) {
        int among = hands.takesAhead() ? asked : choice.toAskFor(asked);
        int got = take(workClass, asked, among, Duration.ZERO);
        if (got == 0 && held.release(workClass, room) > 0) {
          got = take(workClass, asked, among, JUST_SENT);
        }
        if (got > 0) {
          turns.took(Math.min(got, run));
          return got;
        }
        held.ranDry(workClass);
      }
      first = false;
    }
    return 0;
  }

  /** Waits at every queue at which nobody waits yet, in the background. */
  void waitForMessages() {
    for (WorkClass workClass : turns.order()) {
      if (hands.room() > 0 && waiting.add(workClass)) {
        outstanding.register();
        executor.execute(() -> waitAt(workClass));
      }
    }
  }

  private void waitAt(WorkClass workClass) {
    try {
      if (take(workClass, 1, 1, settings.pollWait()) > 0) {
        held.filled(workClass);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("waiting at {} failed: {}", workClass.slug(), e.toString());
    } finally {
      waiting.remove(workClass);
      outstanding.arriveAndDeregister();
      hands.signal();
    }
  }

  /** Takes as many as are wanted, of some more that are looked at. */
  private int take(WorkClass workClass, int wanted, int among, Duration wait) throws IOException {
    Choice.Made made =
        choice.among(
            ports.queues().of(workClass).receive(among, wait, settings.visibility()), wanted);
    if (!made.taken().isEmpty()) {
      accept.accept(workClass, made.taken());
    }
    if (!made.left().isEmpty()) {
      passOn.accept(workClass, made.left());
    }
    return made.taken().size();
  }

  /** Waits for the requests that are under way, whose messages would else be hidden for a while. */
  void awaitOutstanding() {
    outstanding.arriveAndAwaitAdvance();
  }
}
