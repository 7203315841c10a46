package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says why a job waits and when it will be done. An estimate: it plays the queue forward over the
 * slots that are known, with the tasks' estimated lengths.
 */
public final class WhyWaiting {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int MAX_READ = 5_000;
  private static final int MAX_ACCOUNTS = 1_000;

  private final Backlog backlog;
  private final FleetView fleet;
  private final RunningPlaces places;
  private final InstantSource clock;
  private final Map<WorkClass, Read> reads = new HashMap<>();

  private final Map<AccountId, Limit> limits = new Lru<>(MAX_ACCOUNTS);

  private record Read(Instant at, List<PendingTask> tasks) {}

  private record Limit(Instant at, RunningPlaces.@Nullable Use use) {}

  /**
   * Why a job waits, and until when.
   *
   * @param waited since its oldest waiting task was enqueued; zero when none waits
   * @param ownAhead tasks of the same account that are served before its first waiting one
   * @param othersAhead the same of other accounts, about
   * @param booting instances that were launched and have not joined
   * @param limit how far its account is, when it may run only so many tasks at once; else null
   * @param expectedStart of its first waiting task; null when none waits, or nobody can say
   * @param expectedEnd of the whole job; null when nobody can say
   * @param sentence all of it in words
   */
  public record Answer(
      Duration waited,
      int ownAhead,
      int othersAhead,
      int booting,
      RunningPlaces.@Nullable Use limit,
      @Nullable Instant expectedStart,
      @Nullable Instant expectedEnd,
      String sentence) {}

  public WhyWaiting(Backlog backlog, FleetView fleet, RunningPlaces places, InstantSource clock) {
    this.backlog = backlog;
    this.fleet = fleet;
    this.places = places;
    this.clock = clock;
  }

  /** The answer for a job that has not ended. */
  public Answer of(Job job, JobFlow flow) throws IOException {
    Instant now = clock.instant();
    TaskKind kind =
        flow.plans().isEmpty() ? TaskKind.TRANSCODE : flow.plans().getFirst().spec().kind();
    Queue queue = queue(job, flow, kind);
    RunningPlaces.@Nullable Use limit = limit(job.account());
    Optional<FleetStatus> status = fleet.status(FRESH);
    Slots slots = Slots.of(status, kind, now, atWork(flow, kind, now));
    int atOnce =
        Math.max(1, limit == null ? slots.count() : Math.min(limit.limit(), slots.count()));
    Duration rest = restOf(flow, queue, now);
    if (queue.own.isEmpty()) {
      Instant end = now.plus(rest.dividedBy(atOnce));
      long running = running(flow);
      String sentence =
          running > 0
              ? Words.count(running, "task") + " of it at work, " + Words.doneIn(now, end)
              : "its tasks are about to be handed out";
      return new Answer(Duration.ZERO, 0, 0, slots.booting(), limit, null, end, sentence);
    }
    Lanes lanes = Lanes.of(limit, job.account(), status, queue.own.getFirst().estimate(), now);
    play(queue, limit != null, slots, lanes);
    Instant start = slots.next(lanes);
    Instant end = start;
    for (PendingTask own : queue.own) {
      end = Words.later(end, slots.take(own.estimate(), lanes));
    }
    Duration behind = rest.minus(sum(queue.own));
    end = behind.isNegative() ? end : end.plus(behind.dividedBy(atOnce));
    Duration waited = Duration.between(queue.own.getFirst().enqueuedAt(), now);
    int own = queue.ownAhead();
    int others = queue.ahead.size() - own;
    return new Answer(
        waited,
        own,
        others,
        slots.booting(),
        limit,
        start,
        end,
        Words.haste(job, queue.own.getFirst(), now)
            + Words.begun(running(flow), queue.own.size(), flow)
            + Words.sentence(
                own, others, limit, slots, now, start, end, !flow.records().isEmpty()));
  }

  /** What is ahead takes its slots. Who has to wait for a place lets the others go first. */
  private static void play(Queue queue, boolean limited, Slots slots, Lanes lanes) {
    List<PendingTask> order = new ArrayList<>(queue.ahead);
    if (limited) {
      order.sort(Comparator.comparing(task -> task.account().equals(queue.account)));
    }
    for (PendingTask task : order) {
      if (task.account().equals(queue.account)) {
        slots.take(task.estimate(), lanes);
      } else {
        slots.take(task.estimate());
      }
    }
  }

  /** Of an account with a limit this is a listing, and a client may ask every second. */
  private RunningPlaces.@Nullable Use limit(AccountId account) throws IOException {
    Instant now = clock.instant();
    synchronized (limits) {
      Limit last = limits.get(account);
      if (last != null && !now.isAfter(last.at().plus(FRESH))) {
        return last.use();
      }
    }
    Limit fresh = new Limit(now, places.use(account).orElse(null));
    synchronized (limits) {
      limits.put(account, fresh);
    }
    return fresh.use();
  }

  /** The tasks that are served before a job's first waiting one, and its waiting ones. */
  private record Queue(AccountId account, List<PendingTask> ahead, List<PendingTask> own) {
    int ownAhead() {
      return (int) ahead.stream().filter(task -> task.account().equals(account)).count();
    }
  }

  /**
   * More urgent classes come first. Within the class, accounts take turns, so that of each other
   * account as many are ahead as this account has ahead itself, and one more. The job's own records
   * are newer than the list: what they know to be taken waits no more.
   */
  private Queue queue(Job job, JobFlow flow, TaskKind kind) throws IOException {
    List<PendingTask> ahead = new ArrayList<>();
    List<PendingTask> same = List.of();
    List<PendingTask> own = List.of();
    for (Priority priority : Priority.values()) {
      if (own.isEmpty() && priority.compareTo(job.priority()) <= 0) {
        ahead.addAll(same);
        same = // its tasks may have been raised
            read(new WorkClass(kind, priority)).stream()
                .filter(task -> waits(flow.records().get(task.task())))
                .toList();
        own = same.stream().filter(task -> task.task().job().equals(job.id())).toList();
      }
    }
    if (own.isEmpty()) {
      return new Queue(job.account(), List.of(), own);
    }
    int first = same.indexOf(own.getFirst());
    long ownAhead =
        same.subList(0, first).stream()
            .filter(task -> task.account().equals(job.account()))
            .count();
    Map<AccountId, Integer> turns = new HashMap<>();
    for (PendingTask task : same) {
      int turn = turns.merge(task.account(), 1, Integer::sum);
      boolean mine = task.account().equals(job.account());
      if (mine ? turn <= ownAhead : turn <= ownAhead + 1 && before(task, own.getFirst(), turn)) {
        ahead.add(task);
      }
    }
    return new Queue(job.account(), ahead, own);
  }

  /** Of another account's tasks the first few are ahead even when younger, except in a tie. */
  private static boolean before(PendingTask other, PendingTask own, int turn) {
    return turn > 1 || other.enqueuedAt().isBefore(own.enqueuedAt());
  }

  private synchronized List<PendingTask> read(WorkClass workClass) throws IOException {
    Instant now = clock.instant();
    Read last = reads.get(workClass);
    if (last == null || now.isAfter(last.at().plus(FRESH))) {
      last = new Read(now, BacklogView.read(backlog, workClass, MAX_READ));
      reads.put(workClass, last);
    }
    return last.tasks();
  }

  private static boolean waits(@Nullable TaskRecord record) {
    return record == null || record.state() == TaskState.WAITING;
  }

  /** When the job's tasks of a kind that are at work should end. */
  private static List<Instant> atWork(JobFlow flow, TaskKind kind, Instant now) {
    List<Instant> ends = new ArrayList<>();
    for (JobFlow.Plan plan : flow.plans()) {
      TaskRecord record = flow.records().get(plan.id());
      if (record != null
          && record.state() == TaskState.RUNNING
          && !record.attempts().isEmpty()
          && plan.spec().kind() == kind) {
        Instant since = record.attempts().getLast().startedAt();
        ends.add(Words.later(now, since.plus(plan.estimate())));
      }
    }
    return ends;
  }

  private static long running(JobFlow flow) {
    return flow.records().values().stream()
        .filter(record -> record.state() == TaskState.RUNNING)
        .count();
  }

  /** What is left of the job, in seconds of one slot. */
  private static Duration restOf(JobFlow flow, Queue queue, Instant now) {
    Map<TaskId, TaskRecord> records = flow.records();
    Duration rest = Duration.ZERO;
    for (JobFlow.Plan plan : flow.plans()) {
      TaskRecord record = records.get(plan.id());
      if (record == null || waits(record)) {
        rest = rest.plus(plan.estimate());
      } else if (record.state() == TaskState.RUNNING && !record.attempts().isEmpty()) {
        Duration gone = Duration.between(record.attempts().getLast().startedAt(), now);
        Duration left = plan.estimate().minus(gone);
        rest = rest.plus(left.isNegative() ? Duration.ofSeconds(1) : left);
      }
    }
    Duration waiting = sum(queue.own);
    return rest.compareTo(waiting) < 0 ? waiting : rest;
  }

  private static Duration sum(List<PendingTask> tasks) {
    return tasks.stream().map(PendingTask::estimate).reduce(Duration.ZERO, Duration::plus);
  }
}
