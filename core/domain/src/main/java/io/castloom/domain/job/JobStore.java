package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs and their tasks' records. A job is created once and never changes; a record has one writer,
 * the holder of the task's lease. Every call is atomic for the one document it writes.
 */
public interface JobStore {

  /**
   * What is kept of a job once it ended, so that nobody need fold it again.
   *
   * @param failure why it did not end well; empty when it did
   */
  record Ending(JobState state, java.time.Instant at, String failure) {}

  /** Some jobs of an account, newest first. */
  record Page(List<Job> jobs, boolean more) {
    public Page {
      jobs = List.copyOf(jobs);
    }
  }

  /** Stores the job if it is new. Gives the stored one, which is an earlier one for the same id. */
  Job open(Job job) throws IOException;

  Optional<Job> find(AccountId account, JobId job) throws IOException;

  /**
   * Jobs of an account, newest first.
   *
   * @param after continue behind this job's id; empty for the newest
   * @param limit 1 to 100
   */
  Page list(AccountId account, Optional<JobId> after, int limit) throws IOException;

  /**
   * Stores a task's record if it has none: the first try needs no look at what was before.
   *
   * @return false when there is a record, which is untouched
   */
  boolean begin(TaskRecord record) throws IOException;

  /** A task's record; empty when it was never tried. */
  Optional<TaskRecord> find(AccountId account, TaskId task) throws IOException;

  /** Replaces a task's record. */
  void record(TaskRecord record) throws IOException;

  /** The records of a job's tasks; tasks that were never tried have none. */
  Map<TaskId, TaskRecord> records(AccountId account, JobId job) throws IOException;

  /** Asks everybody to stop working on it. Idempotent. */
  void cancel(AccountId account, JobId job) throws IOException;

  boolean cancelled(AccountId account, JobId job) throws IOException;

  /** Notes how it ended, if nobody has. False when it was noted before. */
  boolean end(AccountId account, JobId job, Ending ending) throws IOException;

  Optional<Ending> ending(AccountId account, JobId job) throws IOException;

  /**
   * Forgets the ending, the cancellation and the records that are not done, so it can be tried
   * again.
   */
  void reopen(AccountId account, JobId job) throws IOException;
}
