package io.castloom.autoscaler.keep;

import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.DecisionKeys;
import io.castloom.service.json.Gzip;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decisions of the last {@link #KEPT}, compressed: {@code
 * fleet/decisions/<date>/<millis>-<id>.json.gz}, and what the planner has learned: {@code
 * fleet/memory.json}. About 5 kB a decision, one every ten seconds: 1.3 GB in 30 days.
 */
public final class DecisionStore {

  /** How long decisions are kept. */
  public static final Duration KEPT = DecisionKeys.KEPT;

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
    Gzip.put(
        store,
        DecisionKeys.key(decision.snapshot().at(), decision.decision().id()),
        Json.write(decision));
  }

  /**
   * A decision by its id, {@code d-<epoch>-<millis>}.
   *
   * @return empty when there is none, or it is too old
   */
  public Optional<StoredDecision> find(String id) throws IOException {
    Optional<String> key = DecisionKeys.key(id);
    return key.isEmpty() ? Optional.empty() : read(key.get());
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
    return DecisionKeys.between(store, from, to.plusMillis(1), limit).stream()
        .map(DecisionKeys.Entry::id)
        .toList();
  }

  /** The ids of the decisions since an instant, newest first, at most {@code limit}. */
  public List<String> newest(Instant from, Instant now, int limit) throws IOException {
    return DecisionKeys.newest(store, from, now.plusMillis(1), limit).stream()
        .map(DecisionKeys.Entry::id)
        .toList();
  }

  /** The latest decision of the last ten minutes. */
  public Optional<StoredDecision> latest(Instant now) throws IOException {
    List<String> ids = newest(now.minus(Duration.ofMinutes(10)), now, 1);
    return ids.isEmpty() ? Optional.empty() : find(ids.getFirst());
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
    String first = DecisionKeys.folder(now.minus(KEPT));
    List<String> old =
        store.list(DecisionKeys.PREFIX, "", 1_000).objects().stream()
            .map(ObjectInfo::key)
            .filter(key -> key.compareTo(first) < 0)
            .toList();
    store.deleteAll(old);
    return old.size();
  }
}
