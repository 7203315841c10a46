package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Haste;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backlog as objects of the private bucket, one for each waiting task, whose key says all that
 * a planner needs and whose bytes are the message:
 *
 * <pre>
 * pending/&lt;class&gt;/&lt;13 digits of millis&gt;-&lt;task&gt;~&lt;seconds&gt;~&lt;account&gt;[~by&lt;millis&gt;][~begun][~held]
 * </pre>
 *
 * A listing is thus in the order of waiting, 1,000 entries a page.
 */
public final class StoredBacklog implements Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(StoredBacklog.class);
  private static final String HELD = "~held";
  private static final String BEGUN = "~begun";
  private static final String BY = "~by";

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public StoredBacklog(ObjectStore store) {
    this.store = store;
  }

  private static String prefix(WorkClass workClass) {
    return "pending/" + workClass.slug() + "/";
  }

  static String key(PendingTask task) {
    return prefix(task.workClass())
        + String.format("%013d", task.enqueuedAt().toEpochMilli())
        + "-"
        + task.task()
        + "~"
        + task.estimate().toSeconds()
        + "~"
        + task.account()
        + (task.deadline() == null ? "" : BY + task.deadline().toEpochMilli())
        + (task.begun() ? BEGUN : "")
        + (task.held() ? HELD : "");
  }

  /** Empty for a key that no version of this class wrote. */
  static Optional<PendingTask> parse(WorkClass workClass, String key) {
    try {
      String[] parts = key.substring(prefix(workClass).length()).split("~", -1);
      long millis = Long.parseLong(parts[0].substring(0, 13));
      return Optional.of(
          new PendingTask(
              TaskId.parse(parts[0].substring(14)),
              workClass,
              new AccountId(parts[2]),
              Instant.ofEpochMilli(millis),
              Duration.ofSeconds(Long.parseLong(parts[1])),
              key.endsWith(HELD),
              haste(parts)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      LOG.warn("not an entry of the backlog, passed over: {}", key);
      return Optional.empty();
    }
  }

  private static @Nullable Haste haste(String[] parts) {
    Instant deadline = null;
    boolean begun = false;
    for (int i = 3; i < parts.length; i++) {
      if (parts[i].startsWith("by")) {
        deadline = Instant.ofEpochMilli(Long.parseLong(parts[i].substring(2)));
      }
      begun |= parts[i].equals("begun");
    }
    return Haste.of(deadline, begun);
  }

  @Override
  public void add(Task task, boolean held) throws IOException {
    store.put(key(task.pending(held)), Json.data(task), PutCondition.always());
  }

  @Override
  public Optional<Task> message(PendingTask task) throws IOException {
    try {
      return Optional.of(Json.read(store, key(task), Task.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  @Override
  public void remove(Collection<PendingTask> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    List<String> keys = new ArrayList<>(2 * tasks.size());
    for (PendingTask task : tasks) {
      keys.add(key(task.withHeld(false)));
      keys.add(key(task.withHeld(true)));
    }
    store.deleteAll(keys);
  }

  /** The new entry is there before the old one goes, so that a crash leaves two, never none. */
  @Override
  public Optional<Task> release(PendingTask held) throws IOException {
    Optional<Task> message = message(held.withHeld(true));
    if (message.isPresent()) {
      add(message.get(), false);
      store.delete(key(held.withHeld(true)));
    }
    return message;
  }

  @Override
  public Page oldest(WorkClass workClass, @Nullable PendingTask after, int limit)
      throws IOException {
    String startAfter = after == null ? "" : key(after);
    ObjectPage page = store.list(prefix(workClass), startAfter, limit);
    List<PendingTask> tasks = new ArrayList<>(page.objects().size());
    @Nullable PendingTask previous = after;
    for (ObjectInfo info : page.objects()) {
      PendingTask task = parse(workClass, info.key()).orElse(null);
      if (task == null || isTwin(task, previous)) {
        continue;
      }
      tasks.add(task);
      previous = task;
    }
    return new Page(tasks, page.more());
  }

  /** Whether a crash in the middle of a release left this held entry behind its released one. */
  private static boolean isTwin(PendingTask task, @Nullable PendingTask previous) {
    return previous != null && task.held() && task.withHeld(false).equals(previous);
  }
}
