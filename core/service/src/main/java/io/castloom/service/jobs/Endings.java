package io.castloom.service.jobs;

import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Notes that jobs ended, once each, and tells whoever wants to know. */
public final class Endings {

  private final JobStore jobs;
  private final Listener listener;

  /** Hears of each job's end at least once; a crash between note and call may lose it. */
  @FunctionalInterface
  public interface Listener {
    void ended(Job job, JobStore.Ending ending) throws IOException;

    /** Nobody wants to know. */
    static Listener none() {
      return (_, _) -> {};
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
   * Notes the end of a job if its flow has ended and nobody noted it before.
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
    if (first) {
      listener.ended(job, ending.get());
    }
    return first;
  }
}
