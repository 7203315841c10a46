package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heals jobs. One whose tasks have all ended but which says otherwise is folded again; one that has
 * a task ready with neither an entry in the backlog nor a try under way gets it onto its queue.
 *
 * <p>It looks at jobs of the last {@link #LOOK_BACK}; {@link Rebuild} looks at all. One thread uses
 * it at a time.
 */
public final class JobHealer {

  /** Jobs that were opened longer ago are left alone. */
  public static final Duration LOOK_BACK = Duration.ofDays(3);

  private static final Logger LOG = LoggerFactory.getLogger(JobHealer.class);
  private static final Duration SETTLED = Duration.ofMinutes(5);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);
  private static final int PAGE = 100;
  private static final int MAX_REMEMBERED = 200_000;

  private final JobStore jobs;
  private final Backlog backlog;
  private final Dispatcher dispatcher;
  private final Endings endings;
  private final InstantSource clock;
  private final Set<JobId> ended = new HashSet<>();

  /**
   * What was healed.
   *
   * @param folded jobs that had ended unnoticed
   * @param sent tasks that were put onto their queue again
   */
  public record Healed(int folded, int sent) {
    Healed plus(Healed other) {
      return new Healed(folded + other.folded, sent + other.sent);
    }
  }

  public JobHealer(
      JobStore jobs, Backlog backlog, Dispatcher dispatcher, Endings endings, InstantSource clock) {
    this.jobs = jobs;
    this.backlog = backlog;
    this.dispatcher = dispatcher;
    this.endings = endings;
    this.clock = clock;
  }

  /** Looks at the recent jobs of these accounts. */
  public Healed heal(List<AccountId> accounts) throws IOException {
    return heal(accounts, clock.instant().minus(LOOK_BACK));
  }

  Healed heal(List<AccountId> accounts, Instant since) throws IOException {
    Map<TaskId, PendingTask> waiting = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      BacklogView.read(backlog, workClass, BacklogView.MAX_ENTRIES)
          .forEach(task -> waiting.put(task.task(), task));
    }
    if (ended.size() > MAX_REMEMBERED) {
      ended.clear();
    }
    Healed all = new Healed(0, 0);
    for (AccountId account : accounts) {
      for (Job job : jobsSince(account, since)) {
        all = all.plus(heal(job, waiting));
      }
    }
    if (all.folded() + all.sent() > 0) {
      LOG.info("healed: {} jobs folded, {} tasks sent again", all.folded(), all.sent());
    }
    return all;
  }

  private List<Job> jobsSince(AccountId account, Instant since) throws IOException {
    List<Job> found = new ArrayList<>();
    Optional<JobId> after = Optional.empty();
    boolean more = true;
    while (more) {
      JobStore.Page page = jobs.list(account, after, PAGE);
      page.jobs().stream().filter(job -> job.createdAt().isAfter(since)).forEach(found::add);
      more =
          page.more() && !page.jobs().isEmpty() && page.jobs().getLast().createdAt().isAfter(since);
      after = page.jobs().isEmpty() ? after : Optional.of(page.jobs().getLast().id());
    }
    return found;
  }

  private Healed heal(Job job, Map<TaskId, PendingTask> waiting) throws IOException {
    Instant now = clock.instant();
    if (ended.contains(job.id()) || job.createdAt().isAfter(now.minus(SETTLED))) {
      return new Healed(0, 0);
    }
    if (jobs.ending(job.account(), job.id()).isPresent()) {
      ended.add(job.id());
      return new Healed(0, 0);
    }
    JobFlow flow = JobFlow.of(job, jobs.records(job.account(), job.id()));
    boolean cancelled = jobs.cancelled(job.account(), job.id());
    if (flow.state(cancelled).ended()) {
      ended.add(job.id());
      return new Healed(!isSole(flow) && endings.note(flow, cancelled, now) ? 1 : 0, 0);
    }
    List<Task> lost =
        flow.ready(now).stream()
            .filter(task -> !waiting.containsKey(task.id()))
            .filter(task -> silent(flow.records().get(task.id()), task, now))
            .toList();
    dispatcher.enqueue(lost);
    return new Healed(0, lost.size());
  }

  /** Whether one task's record says all, so that no ending was ever to be noted. */
  private static boolean isSole(JobFlow flow) {
    return flow.job().callback() == null
        && flow.plans().stream().filter(JobFlow.Plan::required).count() == 1
        && flow.plans().stream().allMatch(plan -> plan.after().isEmpty());
  }

  /** Whether nothing was heard of a task for longer than a try of it can take. */
  private static boolean silent(@Nullable TaskRecord record, Task task, Instant now) {
    if (record == null || record.attempts().isEmpty()) {
      return true;
    }
    Attempt last = record.attempts().getLast();
    Instant heard = last.endedAt() == null ? last.startedAt() : last.endedAt();
    Duration patience = LONGEST_SILENCE.plus(task.estimate().multipliedBy(4));
    return now.isAfter(heard.plus(patience));
  }
}
