package io.castloom.service.tasks;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a task's next record from its last one. Pure. */
final class Records {

  /** So many tries that nobody ended: whoever takes the task up dies of it. */
  static final int MAX_CRASHES = 4;

  private final InstanceId instance;
  private final String encoder;

  Records(InstanceId instance, String encoder) {
    this.instance = instance;
    this.encoder = encoder;
  }

  /** Whose tries they are. */
  InstanceId instance() {
    return instance;
  }

  /** A try begins. */
  TaskRecord running(Task task, @Nullable TaskRecord before, Instant now) {
    List<Attempt> attempts = attempts(before);
    attempts.add(new Attempt(instance.value(), encoder, now, null, null, "", ""));
    return of(task, TaskState.RUNNING, failures(before), attempts, List.of());
  }

  /**
   * A try ended.
   *
   * @param before the record with the try in it, or without when it was never stored
   * @param since when the try began
   */
  TaskRecord ended(
      Task task,
      @Nullable TaskRecord before,
      TaskOutcome outcome,
      Instant since,
      Instant now,
      int maxFailures) {
    int failures = failures(before) + (outcome instanceof TaskOutcome.Retry ? 1 : 0);
    List<Attempt> attempts = attempts(before);
    if (!attempts.isEmpty() && isOpenAndOurs(attempts.getLast())) {
      attempts.removeLast();
    }
    attempts.add(attempt(outcome, since, now));
    return switch (outcome) {
      case TaskOutcome.Produced(List<Product> products) ->
          of(task, TaskState.DONE, failures, attempts, products);
      case TaskOutcome.Retry _ ->
          of(
              task,
              failures >= maxFailures ? TaskState.DEAD : TaskState.WAITING,
              failures,
              attempts,
              List.of());
      case TaskOutcome.Rejected _ -> of(task, TaskState.REJECTED, failures, attempts, List.of());
      case TaskOutcome.Interrupted _, TaskOutcome.Postponed _ ->
          of(task, TaskState.WAITING, failures, attempts, List.of());
      case TaskOutcome.Cancelled _ -> of(task, TaskState.CANCELLED, failures, attempts, List.of());
    };
  }

  /** Given up, because too many instances died of it. */
  TaskRecord givenUp(Task task, TaskRecord before, Instant now) {
    List<Attempt> attempts = attempts(before);
    attempts.add(
        attempt(
            new TaskOutcome.Retry(
                "the instances that tried it died " + crashes(before) + " times",
                java.time.Duration.ZERO,
                ""),
            now,
            now));
    return of(task, TaskState.DEAD, failures(before), attempts, List.of());
  }

  /** Tries that nobody ended: their instances died, or lost their lease. */
  static long crashes(TaskRecord record) {
    return record.attempts().stream().filter(attempt -> attempt.endedAt() == null).count();
  }

  private boolean isOpenAndOurs(Attempt attempt) {
    return attempt.endedAt() == null && attempt.instance().equals(instance.value());
  }

  private Attempt attempt(TaskOutcome outcome, Instant since, Instant now) {
    String word;
    String cause = "";
    String tail = "";
    switch (outcome) {
      case TaskOutcome.Produced _ -> word = "produced";
      case TaskOutcome.Retry retry -> {
        word = "retry";
        cause = retry.cause();
        tail = retry.stderrTail();
      }
      case TaskOutcome.Rejected rejected -> {
        word = "rejected";
        cause = rejected.cause();
      }
      case TaskOutcome.Postponed postponed -> {
        word = "postponed";
        cause = postponed.cause();
      }
      case TaskOutcome.Interrupted interrupted -> {
        word = "interrupted";
        cause = interrupted.cause();
      }
      case TaskOutcome.Cancelled _ -> word = "cancelled";
    }
    return new Attempt(instance.value(), encoder, since, now, word, cause, tail);
  }

  private static List<Attempt> attempts(@Nullable TaskRecord before) {
    return before == null ? new ArrayList<>() : new ArrayList<>(before.attempts());
  }

  private static int failures(@Nullable TaskRecord before) {
    return before == null ? 0 : before.failures();
  }

  private static TaskRecord of(
      Task task, TaskState state, int failures, List<Attempt> attempts, List<Product> products) {
    return new TaskRecord(task.id(), task.account(), state, failures, attempts, products);
  }
}
