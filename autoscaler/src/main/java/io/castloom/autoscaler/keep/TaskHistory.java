package io.castloom.autoscaler.keep;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Gzip;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every task that was done: when it came, started and ended, of which class and whose it was. Kept
 * in lines of JSON, compressed, one object a minute at most: {@code
 * fleet/history/<date>/<millis>.jsonl.gz}. It is what a replay and the bill are made from.
 */
public final class TaskHistory {

  /** How long it is kept. */
  public static final Duration KEPT = Duration.ofDays(60);

  private static final Logger LOG = LoggerFactory.getLogger(TaskHistory.class);
  private static final String PREFIX = "fleet/history/";
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MANY = 5_000;

  private final ObjectStore store;
  private List<Heartbeat.Done> gathered = new ArrayList<>();
  private Instant writtenAt = Instant.EPOCH;

  /**
   * @param store the private bucket
   */
  public TaskHistory(ObjectStore store) {
    this.store = store;
  }

  /** Adds tasks, and writes when it is time. */
  public void add(List<Heartbeat.Done> tasks, Instant now) throws IOException {
    gathered.addAll(tasks);
    if (!gathered.isEmpty() && (now.isAfter(writtenAt.plus(EVERY)) || gathered.size() >= MANY)) {
      flush(now);
    }
  }

  /** Writes what was gathered. */
  public void flush(Instant now) throws IOException {
    if (gathered.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    gathered.forEach(task -> lines.append(Json.write(task)).append('\n'));
    Gzip.put(
        store,
        PREFIX
            + LocalDate.ofInstant(now, ZoneOffset.UTC)
            + "/"
            + String.format("%013d.jsonl.gz", now.toEpochMilli()),
        lines.toString());
    gathered = new ArrayList<>();
    writtenAt = now;
  }

  /** The tasks that came between two instants, in the order in which they came. */
  public List<Heartbeat.Done> read(Instant from, Instant to) throws IOException {
    List<Heartbeat.Done> tasks = new ArrayList<>();
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
    // a task is written when it has ended, which may be a day after it came
    LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC).plusDays(1);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      String prefix = PREFIX + day + "/";
      String after = "";
      ObjectPage page;
      do {
        page = store.list(prefix, after, 1_000);
        for (ObjectInfo info : page.objects()) {
          after = info.key();
          for (Heartbeat.Done task : minute(info.key())) {
            if (!task.enqueuedAt().isBefore(from) && task.enqueuedAt().isBefore(to)) {
              tasks.add(task);
            }
          }
        }
      } while (page.more());
    }
    tasks.sort(java.util.Comparator.comparing(Heartbeat.Done::enqueuedAt));
    return tasks;
  }

  /** One object's tasks. What is spoilt is left out: the other minutes are worth having. */
  private List<Heartbeat.Done> minute(String key) throws IOException {
    List<Heartbeat.Done> tasks = new ArrayList<>();
    byte[] bytes;
    try {
      bytes = Gzip.bytes(store, key);
    } catch (NoSuchObjectException e) {
      return tasks; // removed since it was listed
    }
    try {
      for (String line : Gzip.text(bytes).split("\n", -1)) {
        if (!line.isBlank()) {
          tasks.add(Json.read(line, Heartbeat.Done.class));
        }
      }
    } catch (IOException e) {
      LOG.warn("{} is spoilt, only {} of its tasks count: {}", key, tasks.size(), e.getMessage());
    }
    return tasks;
  }

  /** Removes what is older than {@link #KEPT}, at most a thousand objects a call. */
  public int forget(Instant now) throws IOException {
    String first = PREFIX + LocalDate.ofInstant(now.minus(KEPT), ZoneOffset.UTC);
    List<String> old =
        store.list(PREFIX, "", 1_000).objects().stream()
            .map(ObjectInfo::key)
            .filter(key -> key.compareTo(first) < 0)
            .toList();
    store.deleteAll(old);
    return old.size();
  }
}
