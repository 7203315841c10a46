package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts everything that is still to be done onto the queues again, from the bucket alone, after the
 * queues or the backlog were lost. Safe at any time: what is on a queue twice is done once.
 */
public final class Rebuild {

  private final Backlog backlog;
  private final Dispatcher dispatcher;
  private final JobHealer healer;

  /**
   * What was put onto the queues.
   *
   * @param resent messages of entries that were in the backlog
   * @param lost tasks that had no entry any more
   * @param folded jobs that had ended unnoticed
   */
  public record Rebuilt(int resent, int lost, int folded) {}

  public Rebuild(Backlog backlog, Dispatcher dispatcher, JobHealer healer) {
    this.backlog = backlog;
    this.dispatcher = dispatcher;
    this.healer = healer;
  }

  /**
   * Sends the message of every released entry again, and gives every task an entry and a message
   * that is ready, has none, and has been silent for a while.
   *
   * @param accounts all accounts
   */
  public Rebuilt run(List<AccountId> accounts) throws IOException {
    int resent = 0;
    for (WorkClass workClass : WorkClass.all()) {
      for (PendingTask entry : BacklogView.read(backlog, workClass, Integer.MAX_VALUE)) {
        Optional<Task> message = entry.held() ? Optional.empty() : backlog.message(entry);
        if (message.isPresent()) {
          dispatcher.sendAgain(message.get());
          resent++;
        }
      }
    }
    JobHealer.Healed healed = healer.heal(accounts, Instant.EPOCH);
    return new Rebuilt(resent, healed.sent(), healed.folded());
  }
}
