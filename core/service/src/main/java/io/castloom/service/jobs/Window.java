package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.PendingTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How many messages of a class an account may have on the queue unstarted. A queue hands out what
 * is in it, so one account's thousand messages would make all others wait behind them.
 *
 * @param slots tasks of the kind that the fleet can do at once, at least 1
 */
record Window(int slots, Dispatcher.Fairness fairness) {

  /** At least this many, so that a slot that becomes free finds the next one waiting. */
  static final int SMALLEST = 2;

  /** What may be set at most. */
  static final int LARGEST = 1_000;

  /** Messages for an account of weight 1 when so many accounts have something waiting. */
  int size(int activeAccounts) {
    int share = Math.ceilDiv(2 * slots, Math.max(1, activeAccounts));
    return Math.max(SMALLEST, Math.min(fairness.largestWindow(), share));
  }

  /** Messages for an account when so many have something waiting. */
  int messages(AccountId account, int activeAccounts) {
    int limit = Math.max(SMALLEST, fairness.limit().applyAsInt(account));
    return Math.min(limit, size(activeAccounts) * weight(account));
  }

  private int weight(AccountId account) {
    return Math.max(1, fairness.weight().applyAsInt(account));
  }

  /**
   * Which held entries get their messages now, in weighted fair order: always one of the account
   * that has the fewest messages for its weight. Of an account's tasks those of jobs that have
   * begun go first, of the job that has the fewest waiting; then the oldest. No job waits for ever:
   * while begun ones go first, none begins.
   *
   * @param oldestFirst everything that waits in the class, held or not
   */
  List<PendingTask> toRelease(List<PendingTask> oldestFirst) {
    Map<AccountId, Share> shares = new HashMap<>();
    for (PendingTask task : oldestFirst) {
      Share share = shares.computeIfAbsent(task.account(), it -> new Share(weight(it)));
      if (task.held()) {
        share.held.add(task);
      } else {
        share.released++;
      }
    }
    Map<JobId, Integer> left = new HashMap<>();
    oldestFirst.forEach(task -> left.merge(task.task().job(), 1, Integer::sum));
    shares.values().forEach(share -> share.sort(left));
    shares.forEach((account, share) -> share.most = messages(account, shares.size()));
    PriorityQueue<Share> poorest =
        new PriorityQueue<>(
            Comparator.comparingDouble((Share share) -> (double) share.released / share.weight)
                .thenComparing(share -> share.held.getFirst().enqueuedAt()));
    shares.values().stream().filter(Share::open).forEach(poorest::add);
    List<PendingTask> released = new ArrayList<>();
    while (!poorest.isEmpty()) {
      Share share = poorest.remove();
      released.add(share.held.removeFirst());
      share.released++;
      if (share.open()) {
        poorest.add(share);
      }
    }
    return released;
  }

  private static final class Share {
    final int weight;
    Deque<PendingTask> held = new ArrayDeque<>();
    int released;
    int most;

    Share(int weight) {
      this.weight = weight;
    }

    /** A stable sort: what it finds equal stays in the order of waiting. */
    void sort(Map<JobId, Integer> left) {
      List<PendingTask> all = new ArrayList<>(held);
      all.sort(
          Comparator.comparingInt(
              task -> task.begun() ? left.getOrDefault(task.task().job(), 0) : Integer.MAX_VALUE));
      held = new ArrayDeque<>(all);
    }

    boolean open() {
      return !held.isEmpty() && released < most;
    }
  }
}
