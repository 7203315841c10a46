package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Notes that jobs ended, once each, and tells whoever wants to know. */
public final class Endings {

  private final JobStore jobs;
  private final Listener listener;

  /** Hears of each job's end at least once. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param first false when it was noted before: whoever did may have died before he told
     */
    void ended(Job job, JobStore.Ending ending, boolean first) throws IOException;

    /** Nobody wants to know. */
    static Listener none() {
      return (_, _, _) -> {};
    }
  }

  public Endings(JobStore jobs, Listener listener) {
    this.jobs = jobs;
    this.listener = listener;
  }

  /**
   * The ending of a flow that has ended.
   *
   * @return empty while it has not
   */
  public static Optional<JobStore.Ending> of(JobFlow flow, boolean cancelled, Instant now) {
    JobState state = flow.state(cancelled);
    return state.ended()
        ? Optional.of(new JobStore.Ending(state, now, failure(flow, state)))
        : Optional.empty();
  }

  /**
   * How a job ended: as it was noted, or, where one task alone decides and nobody waits to be told
   * ({@link io.castloom.domain.job.Task#sole}), as that task's record says, because then nothing is
   * ever noted.
   *
   * @return empty while it has not ended
   */
  public static Optional<JobStore.Ending> find(JobStore jobs, AccountId account, JobId id)
      throws IOException {
    Optional<JobStore.Ending> noted = jobs.ending(account, id);
    if (noted.isPresent()) {
      return noted;
    }
    Map<TaskId, TaskRecord> records = jobs.records(account, id);
    if (records.values().stream().noneMatch(record -> record.state().ended())) {
      return Optional.empty();
    }
    Optional<Job> job = jobs.find(account, id);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Instant at =
        records.values().stream()
            .flatMap(record -> record.attempts().stream())
            .map(Attempt::endedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(job.get().createdAt());
    return of(JobFlow.of(job.get(), records), jobs.cancelled(account, id), at);
  }

  /** Why a flow failed or was rejected; empty when it did not. */
  public static String failure(JobFlow flow, JobState state) {
    TaskState guilty =
        switch (state) {
          case REJECTED -> TaskState.REJECTED;
          case FAILED -> TaskState.DEAD;
          case QUEUED, RUNNING, DONE, CANCELLED -> TaskState.DONE;
        };
    if (guilty == TaskState.DONE) {
      return state == JobState.CANCELLED ? "cancelled" : "";
    }
    return flow.plans().stream()
        .map(plan -> flow.records().get(plan.id()))
        .filter(record -> record != null && record.state() == guilty)
        .map(Endings::cause)
        .findFirst()
        .orElse("");
  }

  private static String cause(TaskRecord record) {
    return record.attempts().reversed().stream()
        .map(Attempt::cause)
        .filter(cause -> !cause.isEmpty())
        .findFirst()
        .orElse("");
  }

  /**
   * Notes the end of a job if its flow has ended and nobody noted it before. What asks for it is
   * only then let go, so that after a fault or a crash between the note and the telling it is asked
   * for again, and told.
   *
   * @return whether it was noted now
   */
  public boolean note(JobFlow flow, boolean cancelled, Instant now) throws IOException {
    Optional<JobStore.Ending> ending = of(flow, cancelled, now);
    if (ending.isEmpty()) {
      return false;
    }
    Job job = flow.job();
    boolean first = jobs.end(job.account(), job.id(), ending.get());
    JobStore.Ending noted =
        first ? ending.get() : jobs.ending(job.account(), job.id()).orElse(ending.get());
    listener.ended(job, noted, first);
    return first;
  }
}
