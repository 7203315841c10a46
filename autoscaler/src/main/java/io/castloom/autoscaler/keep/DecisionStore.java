package io.castloom.autoscaler.keep;

import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decisions of the last {@link #KEPT}, compressed: {@code
 * fleet/decisions/<date>/<millis>-<id>.json.gz}, and what the planner has learned: {@code
 * fleet/memory.json}. About 5 kB a decision, one every ten seconds: 1.3 GB in 30 days.
 */
public final class DecisionStore {

  /** How long decisions are kept. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final String PREFIX = "fleet/decisions/";
  private static final Pattern NAME = Pattern.compile("(\\d{13})-(.+)\\.json\\.gz");
  private static final String MEMORY = "fleet/memory.json";

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public DecisionStore(ObjectStore store) {
    this.store = store;
  }

  /** Keeps a decision. */
  public void put(StoredDecision decision) throws IOException {
    Gzip.put(store, key(decision.snapshot().at(), decision.decision().id()), Json.write(decision));
  }

  private static String folder(Instant at) {
    return PREFIX + LocalDate.ofInstant(at, ZoneOffset.UTC) + "/";
  }

  private static String key(Instant at, String id) {
    return folder(at) + String.format("%013d-%s.json.gz", at.toEpochMilli(), id);
  }

  /**
   * A decision by its id, {@code d-<epoch>-<millis>}.
   *
   * @return empty when there is none, or it is too old
   */
  public Optional<StoredDecision> find(String id) throws IOException {
    String digits = id.substring(id.lastIndexOf('-') + 1);
    if (!digits.matches("\\d{1,15}")) {
      return Optional.empty();
    }
    return read(key(Instant.ofEpochMilli(Long.parseLong(digits)), id));
  }

  private Optional<StoredDecision> read(String key) throws IOException {
    byte[] bytes;
    try {
      bytes = Gzip.bytes(store, key);
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Gzip.text(bytes), StoredDecision.class));
    } catch (IOException e) {
      throw new IOException(key + " is spoilt, the decision cannot be told: " + e.getMessage(), e);
    }
  }

  /** The ids of the decisions between two instants, oldest first, at most {@code limit}. */
  public List<String> ids(Instant from, Instant to, int limit) throws IOException {
    List<String> ids = new ArrayList<>();
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(to, ZoneOffset.UTC);
    while (!day.isAfter(last) && ids.size() < limit) {
      String prefix = PREFIX + day + "/";
      String after = prefix + String.format("%013d", from.toEpochMilli());
      ObjectPage page;
      do {
        page = store.list(prefix, after, 1_000);
        for (ObjectInfo info : page.objects()) {
          after = info.key();
          Matcher name = NAME.matcher(info.key().substring(prefix.length()));
          if (name.matches()
              && Long.parseLong(name.group(1)) <= to.toEpochMilli()
              && ids.size() < limit) {
            ids.add(name.group(2));
          }
        }
      } while (page.more() && ids.size() < limit);
      day = day.plusDays(1);
    }
    return ids;
  }

  /** The latest decision of the last ten minutes. */
  public Optional<StoredDecision> latest(Instant now) throws IOException {
    List<String> ids = ids(now.minus(Duration.ofMinutes(10)), now, 1_000);
    return ids.isEmpty() ? Optional.empty() : find(ids.getLast());
  }

  /** Keeps what was learned, for the next leader. */
  public void remember(PlannerMemory memory) throws IOException {
    store.put(MEMORY, Json.data(memory), PutCondition.always());
  }

  /**
   * What was learned; nothing before the first leader.
   *
   * @throws UnreadableDocumentException it is spoilt: learning begins anew, which costs only that
   */
  public PlannerMemory memory() throws IOException {
    try {
      return Json.read(store, MEMORY, PlannerMemory.class);
    } catch (NoSuchObjectException e) {
      return PlannerMemory.EMPTY;
    }
  }

  /**
   * Removes what is older than {@link #KEPT}, at most a thousand decisions a call.
   *
   * @return how many were removed
   */
  public int forget(Instant now) throws IOException {
    String first = folder(now.minus(KEPT));
    List<String> old =
        store.list(PREFIX, "", 1_000).objects().stream()
            .map(ObjectInfo::key)
            .filter(key -> key.compareTo(first) < 0)
            .toList();
    store.deleteAll(old);
    return old.size();
  }
}
