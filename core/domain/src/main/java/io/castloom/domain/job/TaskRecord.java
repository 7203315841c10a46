package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a task. Its one writer is the holder of the task's lease.
 *
 * @param failures real failures; hand-backs by drain or interruption do not count
 * @param attempts the latest 20 tries, oldest first
 * @param products what it stored, once done
 */
public record TaskRecord(
    TaskId task,
    AccountId account,
    TaskState state,
    int failures,
    List<Attempt> attempts,
    List<Product> products) {

  /** Attempts that are kept. */
  public static final int MAX_ATTEMPTS = 20;

  public TaskRecord {
    Objects.requireNonNull(task);
    Objects.requireNonNull(account);
    Objects.requireNonNull(state);
    attempts =
        List.copyOf(attempts.subList(Math.max(0, attempts.size() - MAX_ATTEMPTS), attempts.size()));
    products = List.copyOf(products);
    if (failures < 0) {
      throw new IllegalArgumentException("negative failures of " + task);
    }
  }
}
