package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import io.castloom.service.json.Json;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as objects of the private bucket:
 *
 * <pre>
 * jobs/&lt;account&gt;/&lt;job&gt;/job.json              what was asked for, never changed
 * jobs/&lt;account&gt;/&lt;job&gt;/tasks/&lt;task&gt;.json     one record each
 * jobs/&lt;account&gt;/&lt;job&gt;/ending.json          once it ended, unless it is of a single task
 * jobs/&lt;account&gt;/&lt;job&gt;/cancelled            empty, once somebody cancelled it
 * jobs-by-time/&lt;account&gt;/&lt;13 digits&gt;-&lt;job&gt;   empty; the digits fall with time: newest first
 * </pre>
 */
public final class StoredJobs implements JobStore {

  /** Ended records kept in memory: they change only by {@link #reopen}, which the etag shows. */
  private static final int CACHED_RECORDS = 5_000;

  /** Jobs never change, so those that were read are kept. */
  private static final int CACHED_JOBS = 1_000;

  private static final long LAST_MILLIS = 9_999_999_999_999L;

  private final ObjectStore store;
  private final Map<String, Cached> cache = Collections.synchronizedMap(new Lru<>(CACHED_RECORDS));
  private final Map<String, Job> opened = Collections.synchronizedMap(new Lru<>(CACHED_JOBS));

  private record Cached(String etag, TaskRecord record) {}

  /**
   * @param store the private bucket
   */
  public StoredJobs(ObjectStore store) {
    this.store = store;
  }

  static String folder(AccountId account, JobId job) {
    return "jobs/" + account + "/" + job + "/";
  }

  private static String recordKey(AccountId account, TaskId task) {
    return folder(account, task.job()) + "tasks/" + task.name() + ".json";
  }

  private static String indexPrefix(AccountId account) {
    return "jobs-by-time/" + account + "/";
  }

  private static String indexKey(Job job) {
    long falling = LAST_MILLIS - job.createdAt().toEpochMilli();
    return indexPrefix(job.account()) + String.format("%013d-%s", falling, job.id());
  }

  @Override
  public Job open(Job job) throws IOException {
    String key = folder(job.account(), job.id()) + "job.json";
    Job stored =
        switch (store.put(key, Json.data(job), PutCondition.ifAbsent())) {
          case PutOutcome.Stored(_) -> job;
          case PutOutcome.ConditionFailed() -> Json.read(store, key, Job.class);
        };
    // also for an earlier job: whoever opened it may have died between the two
    store.put(indexKey(stored), empty(), PutCondition.always());
    return stored;
  }

  @Override
  public Optional<Job> find(AccountId account, JobId job) throws IOException {
    String key = folder(account, job) + "job.json";
    Job known = opened.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Job> found = read(key, Job.class);
    found.ifPresent(it -> opened.put(key, it));
    return found;
  }

  @Override
  public Page list(AccountId account, Optional<JobId> after, int limit) throws IOException {
    String startAfter = "";
    if (after.isPresent()) {
      Optional<Job> last = find(account, after.get());
      if (last.isEmpty()) {
        return new Page(List.of(), false);
      }
      startAfter = indexKey(last.get());
    }
    ObjectPage page = store.list(indexPrefix(account), startAfter, limit);
    List<Job> jobs = new ArrayList<>();
    for (Optional<Job> job :
        InParallel.map(page.objects(), entry -> find(account, jobOf(entry.key())))) {
      job.ifPresent(jobs::add);
    }
    return new Page(jobs, page.more());
  }

  private static JobId jobOf(String indexKey) {
    return new JobId(indexKey.substring(indexKey.lastIndexOf('-') + 1));
  }

  @Override
  public boolean begin(TaskRecord record) throws IOException {
    String key = recordKey(record.account(), record.task());
    return store.put(key, Json.data(record), PutCondition.ifAbsent()) instanceof PutOutcome.Stored;
  }

  @Override
  public Optional<TaskRecord> find(AccountId account, TaskId task) throws IOException {
    return read(recordKey(account, task), TaskRecord.class);
  }

  @Override
  public void record(TaskRecord record) throws IOException {
    String key = recordKey(record.account(), record.task());
    if (store.put(key, Json.data(record), PutCondition.always())
            instanceof PutOutcome.Stored(String etag)
        && record.state().ended()) {
      cache.put(key, new Cached(etag, record));
    }
  }

  @Override
  public Map<TaskId, TaskRecord> records(AccountId account, JobId job) throws IOException {
    List<ObjectInfo> found = all(folder(account, job) + "tasks/");
    Map<TaskId, TaskRecord> records = new HashMap<>();
    for (Optional<TaskRecord> record : InParallel.map(found, this::recordOf)) {
      record.ifPresent(known -> records.put(known.task(), known));
    }
    return records;
  }

  private Optional<TaskRecord> recordOf(ObjectInfo info) throws IOException {
    @Nullable Cached known = cache.get(info.key());
    if (known != null && known.etag().equals(info.etag())) {
      return Optional.of(known.record());
    }
    Optional<TaskRecord> record = read(info.key(), TaskRecord.class);
    if (record.isPresent() && record.get().state().ended()) {
      cache.put(info.key(), new Cached(info.etag(), record.get()));
    }
    return record;
  }

  @Override
  public void cancel(AccountId account, JobId job) throws IOException {
    store.put(folder(account, job) + "cancelled", empty(), PutCondition.always());
  }

  @Override
  public boolean cancelled(AccountId account, JobId job) throws IOException {
    return store.head(folder(account, job) + "cancelled").isPresent();
  }

  @Override
  public boolean end(AccountId account, JobId job, Ending ending) throws IOException {
    String key = folder(account, job) + "ending.json";
    return store.put(key, Json.data(ending), PutCondition.ifAbsent()) instanceof PutOutcome.Stored;
  }

  @Override
  public Optional<Ending> ending(AccountId account, JobId job) throws IOException {
    return read(folder(account, job) + "ending.json", Ending.class);
  }

  /** The ending goes last, so that whoever dies in the middle leaves a job that can be reopened. */
  @Override
  public void reopen(AccountId account, JobId job) throws IOException {
    List<String> undone =
        records(account, job).values().stream()
            .filter(record -> record.state() != TaskState.DONE)
            .map(record -> recordKey(account, record.task()))
            .toList();
    undone.forEach(cache::remove);
    store.deleteAll(undone);
    store.delete(folder(account, job) + "cancelled");
    store.delete(folder(account, job) + "ending.json");
  }

  private List<ObjectInfo> all(String prefix) throws IOException {
    List<ObjectInfo> found = new ArrayList<>();
    ObjectPage page = store.list(prefix, "", 1_000);
    found.addAll(page.objects());
    while (page.more() && !page.objects().isEmpty()) {
      page = store.list(prefix, page.objects().getLast().key(), 1_000);
      found.addAll(page.objects());
    }
    return found;
  }

  private <T> Optional<T> read(String key, Class<T> type) throws IOException {
    try {
      return Optional.of(Json.read(store, key, type));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static ObjectData empty() {
    return ObjectData.of(new byte[0], "application/octet-stream");
  }
}
