package io.castloom.service.assembly;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Nights that people ask for, {@code nightly/asked/<night>/<show>.json} of the private bucket,
 * until an assembler has taken them. Asking twice is asking once; the last one counts.
 */
public final class NightRequests {
  private static final String PREFIX = "nightly/asked/";

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public NightRequests(ObjectStore store) {
    this.store = store;
  }

  /** How much of a night. */
  public enum Extent {
    /** All episodes that a night would rebuild now. */
    ALL,
    /** Of the episodes that failed, those. */
    FAILED
  }

  /**
   * A show's night that somebody wants run.
   *
   * @param at when it was asked: a run that began later has served it
   */
  public record Request(String show, LocalDate night, Extent extent, Instant at) {
    public Request {
      Objects.requireNonNull(show);
      Objects.requireNonNull(night);
      Objects.requireNonNull(extent);
      Objects.requireNonNull(at);
    }
  }

  /** Asks. */
  public void ask(Request request) throws IOException {
    store.put(key(request), Json.data(request), PutCondition.always());
  }

  /**
   * What is asked.
   *
   * @param others keys of what else is asked for in this folder: it is listed once for all
   */
  public record Open(List<Request> nights, List<String> others) {
    public Open {
      nights = List.copyOf(nights);
      others = List.copyOf(others);
    }
  }

  /** What nights are asked for and not taken, at most 1,000. */
  public List<Request> open() throws IOException {
    return look().nights();
  }

  /** What is asked and not taken, at most 1,000, nights first. */
  public Open look() throws IOException {
    List<Request> open = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (ObjectInfo info : store.list(PREFIX, "", 1000).objects()) {
      if (!info.key().endsWith(".json")) {
        others.add(info.key());
        continue;
      }
      try {
        open.add(Json.read(store, info.key(), Request.class));
      } catch (NoSuchObjectException e) {
        // another assembler has taken it since
      }
    }
    return new Open(open, others);
  }

  /** Takes a request away, which is harmless when it is gone already. */
  public void taken(Request request) throws IOException {
    store.delete(key(request));
  }

  private static String key(Request request) {
    return PREFIX + request.night() + "/" + request.show() + ".json";
  }
}
