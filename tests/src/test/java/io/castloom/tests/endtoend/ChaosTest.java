package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers are killed all the time, at moments that a seed draws, and others take their place. */
@Tag("slow")
final class ChaosTest {

  /** 100 with {@code castloom verify --soak}. */
  private static final int JOBS = Integer.getInteger("castloom.chaos.jobs", 20);

  private static final long SEED = Long.getLong("castloom.chaos.seed", 41);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  @TempDir private static Path folder;

  @Test
  void workers_killed_at_random_moments_lose_nothing_and_do_nothing_twice()
      throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "worker.visibility", "20s",
            "jobs.callbacksInside", "true",
            "autoscaler.healAfter", "8s");
    try (ManyJobs many = new ManyJobs(folder, JOBS, SEED);
        House house = House.on(folder.resolve("data"), settings)) {
      List<String> jobs = new ArrayList<>();
      for (Path file : many.files()) {
        jobs.add(house.upload(file, many.query()).path("job").asString());
      }
      Killer killer = new Killer(SEED, many);
      Thread killing = Thread.ofVirtual().start(killer);
      try {
        for (String job : jobs) {
          house.ended(job);
        }
      } finally {
        killing.interrupt();
        killing.join();
      }
      System.out.println("chaos: " + JOBS + " jobs, " + killer.killed.get() + " workers killed");
      assertThat(killer.killed.get()).isGreaterThanOrEqualTo(JOBS / 5);
      many.verify(house, jobs);
    }
  }

  /**
   * Kills a worker at a time, ffmpeg with it or not, until it is interrupted; each time only after
   * something was done since the last, and none that has only just started: on a slow machine none
   * would else ever come to do anything.
   */
  private static final class Killer implements Runnable {
    private static final Duration YOUTH = Duration.ofSeconds(4);

    private final Random random;
    private final ManyJobs many;
    private final AtomicInteger killed = new AtomicInteger();

    Killer(long seed, ManyJobs many) {
      this.random = new Random(seed);
      this.many = many;
    }

    @Override
    public void run() {
      int before = 0;
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE.toNanos()));
        List<ProcessHandle> workers =
            ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .filter(Killer::isGrown)
                .toList();
        boolean idle = many.words() == before || workers.isEmpty();
        if (!idle && !Thread.currentThread().isInterrupted()) {
          kill(workers.get(random.nextInt(workers.size())));
          before = many.words();
        }
      }
    }

    private static boolean isGrown(ProcessHandle worker) {
      Instant started = worker.info().startInstant().orElse(Instant.MAX);
      return started.isBefore(Instant.now().minus(YOUTH));
    }

    private void kill(ProcessHandle victim) {
      List<ProcessHandle> encoders = victim.descendants().toList();
      victim.destroyForcibly();
      if (random.nextBoolean()) {
        encoders.forEach(ProcessHandle::destroyForcibly);
      }
      killed.incrementAndGet();
    }
  }
}
