package io.castloom.domain.job;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait: one entry each, written before the message is sent and removed when a worker
 * starts it. An entry holds the message itself, so that one without a message is healed by sending
 * it again, and this order loses nothing. Reading it has no effect on the queues.
 *
 * <p>Every call is idempotent and atomic for its one entry; no order holds between entries.
 */
public interface Backlog {

  /** Some entries of a class, those that wait longest first. */
  record Page(List<PendingTask> tasks, boolean more) {
    public Page {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Notes a task that waits.
   *
   * @param held whether it gets no message yet, because its account's window is full
   */
  void add(Task task, boolean held) throws IOException;

  /** The message of an entry, held or not; empty when there is no such entry (any more). */
  Optional<Task> message(PendingTask task) throws IOException;

  /** These were started, cancelled or are done: they do not wait any more, held or not. */
  void remove(Collection<PendingTask> tasks) throws IOException;

  /**
   * Makes a held entry a released one.
   *
   * @return the message, for whoever released it to send now; empty when there is no such held
   *     entry (any more)
   */
  Optional<Task> release(PendingTask held) throws IOException;

  /**
   * Waiting tasks, oldest first.
   *
   * @param after continue behind this entry; null for the oldest
   * @param limit 1 to 1,000
   */
  Page oldest(WorkClass workClass, @Nullable PendingTask after, int limit) throws IOException;
}
