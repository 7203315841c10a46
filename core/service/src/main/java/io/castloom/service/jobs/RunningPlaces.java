package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many tasks of an account run at once, in the whole fleet. An account with a limit has that
 * many numbered places, and a task runs only while it holds one:
 *
 * <pre>
 * running/&lt;account&gt;/&lt;5 digits&gt;
 * </pre>
 *
 * A free place is taken by a write that fails when somebody else was quicker, so the limit holds
 * without a lock and however large the fleet is. A place whose holder died is free again when its
 * lease has ended. An account without a limit costs no call. Thread-safe.
 */
public final class RunningPlaces {

  /**
   * How long a place is held without {@link #renew}. One for all: a place is judged by whoever asks
   * for one, and asks of workers and assemblers, whose settings differ, must judge alike.
   */
  public static final Duration LEASE = Duration.ofMinutes(2);

  /** How often a place is renewed. */
  public static final Duration RENEW_EVERY = LEASE.dividedBy(3);

  /** A limit that is none. */
  public static final int UNLIMITED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(RunningPlaces.class);

  /** A full account is not asked about again for this long. */
  private static final Duration FULL_FOR = Duration.ofSeconds(1);

  /** What the store's clock may differ, and a write may take. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private static final int TRIES = 4;

  private final ObjectStore store;
  private final ToIntFunction<AccountId> limit;
  private final InstantSource clock;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<AccountId, Instant> fullAt = new ConcurrentHashMap<>();

  /** What came of asking for a place. */
  public sealed interface Claim {
    /** The account has no limit. */
    record Unlimited() implements Claim {}

    /** The task may run until the place is given up. */
    record Granted(Place place) implements Claim {}

    /** The account runs as many as it may. */
    record Full(int limit) implements Claim {}
  }

  /** A place that is held. */
  public static final class Place {
    private final AccountId account;
    private final String key;
    private String etag;
    private Instant heldUntil;
    private volatile Instant renewAt;

    private Place(AccountId account, String key, String etag, Instant heldUntil) {
      this.account = account;
      this.key = key;
      this.etag = etag;
      this.heldUntil = heldUntil;
      this.renewAt = heldUntil.minus(LEASE).plus(RENEW_EVERY);
    }
  }

  /**
   * How far a limited account is.
   *
   * @param running places that are held, about
   */
  public record Use(int limit, int running) {
    /** Whether the next task has to wait for another's end. */
    public boolean full() {
      return running >= limit;
    }
  }

  /**
   * @param store the private bucket
   * @param limit tasks that an account may run at once; {@link #UNLIMITED} and more for no limit
   */
  public RunningPlaces(ObjectStore store, ToIntFunction<AccountId> limit, InstantSource clock) {
    this.store = store;
    this.limit = limit;
    this.clock = clock;
  }

  /** Asks for a place for one task: a listing and a write when the account has a limit. */
  public Claim claim(AccountId account) throws IOException {
    int most = limit.applyAsInt(account);
    if (most >= UNLIMITED) {
      return new Claim.Unlimited();
    }
    Instant full = fullAt.get(account);
    if (full != null && clock.instant().isBefore(full.plus(FULL_FOR))) {
      return new Claim.Full(most);
    }
    for (int i = 0; i < TRIES; i++) {
      Map<String, ObjectInfo> seen = places(account);
      if (held(seen) >= most) {
        break;
      }
      Optional<Place> taken = take(account, most, seen);
      if (taken.isPresent()) {
        fullAt.remove(account);
        return new Claim.Granted(taken.get());
      }
    }
    fullAt.put(account, clock.instant());
    return new Claim.Full(most);
  }

  /** Any of the free ones, so that those who ask at the same moment seldom meet. */
  private Optional<Place> take(AccountId account, int most, Map<String, ObjectInfo> seen)
      throws IOException {
    List<String> free = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      String key = prefix(account) + String.format("%05d", i);
      ObjectInfo info = seen.get(key);
      if (info == null || !isHeld(info)) {
        free.add(key);
      }
    }
    if (free.isEmpty()) {
      return Optional.empty(); // the limit was lowered, and places beyond it are not yet given up
    }
    String key = free.get(random.nextInt(free.size()));
    ObjectInfo left = seen.get(key);
    PutCondition condition =
        left == null ? PutCondition.ifAbsent() : PutCondition.ifMatch(left.etag());
    Instant asked = clock.instant();
    return switch (store.put(key, mark(), condition)) {
      case PutOutcome.Stored(String etag) ->
          Optional.of(new Place(account, key, etag, asked.plus(LEASE)));
      case PutOutcome.ConditionFailed() -> Optional.empty();
    };
  }

  /** Whether it is time to {@link #renew} a place; costs no call. */
  public boolean isDue(Place place) {
    return !clock.instant().isBefore(place.renewAt);
  }

  /** Holds a place for another lease. When it fails, it is due again soon. */
  public void renew(Place place) throws IOException {
    synchronized (place) {
      Instant asked = clock.instant();
      place.renewAt = asked.plus(AGAIN);
      switch (store.put(place.key, mark(), PutCondition.ifMatch(place.etag))) {
        case PutOutcome.Stored(String etag) -> {
          place.etag = etag;
          place.heldUntil = asked.plus(LEASE);
          place.renewAt = asked.plus(RENEW_EVERY);
        }
        case PutOutcome.ConditionFailed() ->
            LOG.warn("place {} was taken by another task: it was not renewed in time", place.key);
      }
    }
  }

  /** Gives a place up; one that may be another's by now is left alone. */
  public void giveUp(Place place) throws IOException {
    synchronized (place) {
      if (clock.instant().isBefore(place.heldUntil)) {
        store.delete(place.key);
      }
      fullAt.remove(place.account);
    }
  }

  /** How far an account is; empty when it has no limit. */
  public Optional<Use> use(AccountId account) throws IOException {
    int most = limit.applyAsInt(account);
    return most >= UNLIMITED
        ? Optional.empty()
        : Optional.of(new Use(most, (int) held(places(account))));
  }

  private static String prefix(AccountId account) {
    return "running/" + account + "/";
  }

  private Map<String, ObjectInfo> places(AccountId account) throws IOException {
    Map<String, ObjectInfo> seen = new HashMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      var page = store.list(prefix(account), after, 1_000);
      page.objects().forEach(info -> seen.put(info.key(), info));
      more = page.more() && !page.objects().isEmpty();
      after = page.objects().isEmpty() ? after : page.objects().getLast().key();
    }
    return seen;
  }

  private long held(Map<String, ObjectInfo> seen) {
    return seen.values().stream().filter(this::isHeld).count();
  }

  private boolean isHeld(ObjectInfo info) {
    return clock.instant().isBefore(info.lastModified().plus(LEASE).plus(MARGIN));
  }

  /** Never twice the same bytes: an etag then tells one holder from the next. */
  private static ObjectData mark() {
    byte[] text = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    return ObjectData.of(text, "text/plain");
  }
}
