package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for whom, a second old at most, so that a burst of uploads costs one listing and not
 * one for each. Between listings it counts what this process itself added. Other processes' entries
 * of that second are missed, so a window may be exceeded by a few, which only costs a little
 * fairness.
 */
final class BacklogView {

  /** More than this of a class is not read: 50 pages. */
  static final int MAX_ENTRIES = 50_000;

  private static final int PAGE = 1_000;
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Backlog backlog;
  private final InstantSource clock;
  private final Map<WorkClass, Counts> counts = new HashMap<>();

  BacklogView(Backlog backlog, InstantSource clock) {
    this.backlog = backlog;
    this.clock = clock;
  }

  /** What becomes of a new task. */
  enum Admission {
    /** The window is open. */
    NOW,
    /** The window is full. */
    HELD,
    /** The window is open, but older tasks of the account are held: they go first. */
    HELD_BEHIND_OTHERS
  }

  private record Counts(Instant readAt, Map<AccountId, int[]> byAccount) {
    private static final int RELEASED = 0;
    private static final int HELD = 1;

    void add(AccountId account, boolean held) {
      byAccount.computeIfAbsent(account, _ -> new int[2])[held ? HELD : RELEASED]++;
    }

    int released(AccountId account) {
      return byAccount.getOrDefault(account, new int[2])[RELEASED];
    }

    int held(AccountId account) {
      return byAccount.getOrDefault(account, new int[2])[HELD];
    }
  }

  /** Everything that waits in a class, oldest first, at most {@link #MAX_ENTRIES}. */
  static List<PendingTask> read(Backlog backlog, WorkClass workClass, int atMost)
      throws IOException {
    List<PendingTask> all = new ArrayList<>();
    forEach(backlog, workClass, atMost, all::add);
    return all;
  }

  /** The same, one by one, of which no more than a page is held in memory. */
  static void forEach(Backlog backlog, WorkClass workClass, Consumer<PendingTask> each)
      throws IOException {
    forEach(backlog, workClass, MAX_ENTRIES, each);
  }

  private static void forEach(
      Backlog backlog, WorkClass workClass, int atMost, Consumer<PendingTask> each)
      throws IOException {
    @Nullable PendingTask last = null;
    int seen = 0;
    boolean more = true;
    while (more && seen < atMost) {
      Backlog.Page page = backlog.oldest(workClass, last, PAGE);
      page.tasks().forEach(each);
      seen += page.tasks().size();
      more = page.more() && !page.tasks().isEmpty();
      last = page.tasks().isEmpty() ? last : page.tasks().getLast();
    }
  }

  synchronized List<PendingTask> refresh(WorkClass workClass) throws IOException {
    List<PendingTask> waiting = read(backlog, workClass, MAX_ENTRIES);
    Counts fresh = new Counts(clock.instant(), new HashMap<>());
    waiting.forEach(task -> fresh.add(task.account(), task.held()));
    counts.put(workClass, fresh);
    return waiting;
  }

  synchronized void forget(WorkClass workClass) {
    counts.remove(workClass);
  }

  synchronized Admission admit(Task task, Window window) throws IOException {
    Counts known = counts.get(task.workClass());
    if (known == null || clock.instant().isAfter(known.readAt().plus(FRESH))) {
      refresh(task.workClass());
      known = counts.getOrDefault(task.workClass(), new Counts(Instant.EPOCH, new HashMap<>()));
    }
    AccountId account = task.account();
    int active = known.byAccount().size() + (known.byAccount().containsKey(account) ? 0 : 1);
    boolean open = known.released(account) < window.messages(account, active);
    boolean behind = known.held(account) > 0;
    known.add(account, !open || behind);
    if (!open) {
      return Admission.HELD;
    }
    return behind ? Admission.HELD_BEHIND_OTHERS : Admission.NOW;
  }
}
