package io.castloom.autoscaler;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Escalation;
import io.castloom.service.jobs.JobHealer;
import io.castloom.service.jobs.Sweeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The autoscaler's rhythm: a decision every tick, and, while it leads, held tasks released, waiting
 * ones raised, lost messages sent again and jobs healed, each in its own time.
 */
public final class ScalerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScalerLoop.class);
  private static final Duration RELEASE_EVERY = Duration.ofSeconds(2);
  private static final Duration RAISE_EVERY = Duration.ofSeconds(20);
  private static final Duration HEAL_EVERY = Duration.ofMinutes(5);

  private final Autoscaler scaler;
  private final ScheduledExecutorService deciding = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledExecutorService tending = Executors.newSingleThreadScheduledExecutor();
  private int restingTicks;

  /** What a leader tends beside the fleet. */
  record Tended(
      Dispatcher dispatcher,
      Escalation escalation,
      Sweeper sweeper,
      JobHealer healer,
      Accounts accounts) {}

  private ScalerLoop(Autoscaler scaler) {
    this.scaler = scaler;
  }

  static ScalerLoop start(Autoscaler scaler, Tended tended, Duration tick) {
    ScalerLoop loop = new ScalerLoop(scaler);
    loop.every(loop.deciding, tick, "tick", () -> scaler.runOnce().isPresent());
    loop.every(loop.tending, RELEASE_EVERY, "release", () -> loop.release(tended.dispatcher()));
    loop.every(
        loop.tending,
        RAISE_EVERY,
        "raise",
        () -> scaler.leads() && tended.escalation().raise() > 0);
    loop.every(
        loop.tending,
        tended.sweeper().bound().dividedBy(2),
        "sweep",
        () -> scaler.leads() && tended.sweeper().sweep(List.of(TaskKind.values())).sent() > 0);
    loop.every(
        loop.tending,
        HEAL_EVERY,
        "heal",
        () -> scaler.leads() && tended.healer().heal(accounts(tended.accounts())).sent() > 0);
    return loop;
  }

  private static List<AccountId> accounts(Accounts accounts) throws IOException {
    return accounts.list().stream().map(Account::id).toList();
  }

  /** Five times more seldom while there was nothing to release: each look is a listing. */
  private boolean release(Dispatcher dispatcher) {
    if (!scaler.leads() || restingTicks-- > 0) {
      return false;
    }
    int sent = 0;
    for (WorkClass workClass : WorkClass.all()) {
      try {
        sent += dispatcher.releaseHeld(workClass, Integer.MAX_VALUE);
      } catch (IOException e) {
        LOG.warn("release of {} failed, it comes again: {}", workClass.slug(), e.toString());
      }
    }
    restingTicks = sent == 0 ? 4 : 0;
    return sent > 0;
  }

  /** Something that is done again and again; gives whether there was anything to do. */
  @FunctionalInterface
  private interface Chore {
    boolean run() throws IOException;
  }

  private void every(ScheduledExecutorService on, Duration time, String name, Chore chore) {
    var _ =
        on.scheduleWithFixedDelay(
            () -> {
              try {
                LOG.trace("{}: {}", name, chore.run());
              } catch (IOException e) {
                LOG.warn("{} failed, it comes again: {}", name, e.toString());
              } catch (RuntimeException e) {
                LOG.error("bug in {}", name, e);
              }
            },
            0,
            time.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    deciding.shutdown();
    tending.shutdownNow();
    try {
      if (!deciding.awaitTermination(30, TimeUnit.SECONDS)) {
        deciding.shutdownNow();
      }
      scaler.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the leadership was not given up, it runs out: {}", e.toString());
    }
  }
}
