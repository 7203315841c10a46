package io.castloom.autoscaler.ops;

import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.keep.TaskHistory;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one episode cost: the seconds of the tasks that encoded its recordings for the show and that
 * stitched it, each at what a second of a task cost on its day, idle and boot time shared out.
 *
 * @param tasks how many tries there were
 * @param secondsByWork seconds of a slot by sort of work, as {@code assemble}
 */
public record EpisodeBill(
    String show, String episode, double usd, int tasks, Map<String, Double> secondsByWork) {

  public EpisodeBill {
    secondsByWork = Map.copyOf(secondsByWork);
  }

  /**
   * The episode that is asked for.
   *
   * @param bodies SHA-256 of its recordings
   */
  record Subject(String show, String episode, Set<String> bodies) {}

  /** When its tasks began to wait. */
  record Time(Instant from, Instant to) {}

  /**
   * Reads the history of those days, and of the show's jobs each once.
   *
   * @param store the private bucket
   * @throws IOException the store failed
   */
  static EpisodeBill of(ObjectStore store, JobStore jobs, Subject episode, Time time)
      throws IOException {
    Ledger ledger = new Ledger(store);
    Map<LocalDate, Double> prices = new HashMap<>();
    Map<JobId, Boolean> belongs = new HashMap<>();
    Map<String, Double> seconds = new TreeMap<>();
    double usd = 0;
    int tasks = 0;
    for (Heartbeat.Done done : new TaskHistory(store).read(time.from(), time.to())) {
      if (!episode.show().equals(done.show())) {
        continue;
      }
      JobId id = done.task().job();
      Boolean known = belongs.get(id);
      if (known == null) {
        known = belongs(jobs, done.account(), id, episode);
        belongs.put(id, known);
      }
      if (known) {
        LocalDate day = LocalDate.ofInstant(done.endedAt(), ZoneOffset.UTC);
        Double price = prices.get(day);
        if (price == null) {
          price = ledger.day(day).map(Ledger.Day::usdPerTaskSecond).orElse(0.0);
          prices.put(day, price);
        }
        double took = Duration.between(done.startedAt(), done.endedAt()).toMillis() / 1000.0;
        seconds.merge(done.task().work(), took, Double::sum);
        usd += took * price;
        tasks++;
      }
    }
    return new EpisodeBill(episode.show(), episode.episode(), usd, tasks, seconds);
  }

  private static boolean belongs(JobStore jobs, AccountId account, JobId id, Subject episode)
      throws IOException {
    Optional<Job> job = jobs.find(account, id);
    if (job.isEmpty()) {
      return false;
    }
    Job.@Nullable Assembly assembly = job.get().assembly();
    return assembly == null
        ? episode.bodies().contains(job.get().original().sha256().hex())
        : assembly.episode().equals(episode.episode());
  }
}
