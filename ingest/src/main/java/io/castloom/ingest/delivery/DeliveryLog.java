package io.castloom.ingest.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.domain.delivery.ListenerHash;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.deliveries.DeliveryLine;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what went out, one line for each answered request of a media version, in immutable
 * objects {@code deliveries/<date>/<hour>/<node>-<n>.jsonl} of the private bucket (dates and hours
 * in UTC). Lines wait in memory for a while; a node that is killed loses those. When the store does
 * not answer they stay, up to a limit, and the oldest go first. Thread-safe.
 */
public final class DeliveryLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);
  private static final int FLUSH_AT = 5_000;
  private static final int MOST_WAITING = 100_000;

  private final ObjectStore store;
  private final Salts salts;
  private final String node;
  private final InstantSource clock;
  private final Object flushing = new Object();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("delivery-log").factory());
  private List<Entry> waiting = new ArrayList<>();
  private boolean flushAsked;
  private long dropped;
  private int written;
  private Instant forgotten = Instant.EPOCH;

  /** What went out, with the address that nobody will see. */
  record Entry(
      Instant at,
      String show,
      String episode,
      String version,
      long from,
      long to,
      int status,
      String method,
      Listener listener) {}

  /**
   * @param store the private bucket
   * @param node a name that no other process, earlier or beside this one, has
   * @param every the longest time that a line waits
   */
  public DeliveryLog(ObjectStore store, String node, Duration every, InstantSource clock) {
    this.store = store;
    this.salts = new Salts(store);
    this.node = node;
    this.clock = clock;
    var _ =
        thread.scheduleWithFixedDelay(
            this::flushQuietly, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes a line. It never waits for the store. */
  void add(Entry entry) {
    boolean full;
    synchronized (this) {
      waiting.add(entry);
      if (waiting.size() > MOST_WAITING) {
        waiting = new ArrayList<>(waiting.subList(waiting.size() / 10, waiting.size()));
        dropped += MOST_WAITING / 10;
      }
      full = waiting.size() >= FLUSH_AT && !flushAsked;
      flushAsked |= full;
    }
    if (full) {
      thread.execute(this::flushQuietly);
    }
  }

  /** How many lines were lost because the store did not answer for long. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Writes what waits. */
  public void flush() throws IOException {
    synchronized (flushing) {
      List<Entry> taken;
      synchronized (this) {
        taken = waiting;
        waiting = new ArrayList<>();
        flushAsked = false;
      }
      try {
        write(taken);
        forgetSalts();
      } catch (IOException | RuntimeException e) {
        synchronized (this) {
          List<Entry> all = new ArrayList<>(taken);
          all.addAll(waiting);
          waiting = all;
        }
        throw e;
      }
    }
  }

  /** Writes hours one by one; those that are written are taken out of the list. */
  private void write(List<Entry> entries) throws IOException {
    Map<Instant, List<Entry>> byHour = new TreeMap<>();
    for (Entry entry : entries) {
      byHour
          .computeIfAbsent(entry.at().truncatedTo(ChronoUnit.HOURS), _ -> new ArrayList<>())
          .add(entry);
    }
    for (Map.Entry<Instant, List<Entry>> hour : byHour.entrySet()) {
      StringBuilder text = new StringBuilder();
      for (Entry entry : hour.getValue()) {
        text.append(Json.write(line(entry))).append('\n');
      }
      put(hour.getKey(), ObjectData.of(text.toString().getBytes(UTF_8), "application/jsonl"));
      entries.removeIf(entry -> entry.at().truncatedTo(ChronoUnit.HOURS).equals(hour.getKey()));
    }
  }

  private void put(Instant hour, ObjectData lines) throws IOException {
    String at = hour.toString();
    boolean stored;
    do {
      String key =
          "deliveries/%s/%s/%s-%06d.jsonl"
              .formatted(at.substring(0, 10), at.substring(11, 13), node, written);
      // A put that failed may have been stored all the same. Then the lines stand there twice,
      // which
      // changes no count, rather than not at all.
      stored = store.put(key, lines, PutCondition.ifAbsent()).stored();
      written++;
    } while (!stored);
  }

  private DeliveryLine line(Entry entry) throws IOException {
    LocalDate day = entry.at().atZone(ZoneOffset.UTC).toLocalDate();
    return new DeliveryLine(
        entry.at(),
        entry.show(),
        entry.episode(),
        entry.version(),
        entry.from(),
        entry.to(),
        entry.status(),
        entry.method(),
        ListenerHash.of(entry.listener().address(), salts.of(day)),
        entry.listener().agent());
  }

  private void forgetSalts() throws IOException {
    Instant now = clock.instant();
    if (forgotten.plus(Duration.ofHours(1)).isBefore(now)) {
      salts.forget(now);
      forgotten = now;
    }
  }

  private void flushQuietly() {
    try {
      flush();
    } catch (IOException e) {
      LOG.warn("the delivery log waits in memory, the store does not answer: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("the delivery log cannot be written", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    flushQuietly();
  }
}
