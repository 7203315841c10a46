package io.castloom.service.catalog;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Feeds that have to be written although no episode is assembled: a document was changed, an
 * episode withdrawn, or the hour of its publication has come. Each is an empty object, {@code
 * nightly/asked/feed/<seconds>-<show>} of the private bucket, until an assembler has taken it;
 * asking twice is asking once.
 */
public final class FeedRequests {
  private static final String PREFIX = "nightly/asked/feed/";
  private static final long MOST_SECONDS = 999_999_999_999L;
  private static final Pattern KEY = Pattern.compile(PREFIX + "(\\d{12})-([a-z0-9-]+)");

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public FeedRequests(ObjectStore store) {
    this.store = store;
  }

  /**
   * A feed that somebody wants written.
   *
   * @param at not before
   */
  public record Request(String show, Instant at) {
    public Request {
      Objects.requireNonNull(show);
      Objects.requireNonNull(at);
    }

    private String key() {
      long seconds = at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0); // never before its hour
      return PREFIX
          + String.format(Locale.ROOT, "%012d", Math.clamp(seconds, 0, MOST_SECONDS))
          + "-"
          + show;
    }
  }

  /** Asks for a feed as soon as may be. */
  public void ask(String show) throws IOException {
    ask(new Request(show, Instant.EPOCH));
  }

  /** Asks. */
  public void ask(Request request) throws IOException {
    store.put(request.key(), ObjectData.of(new byte[0], "application/json"), PutCondition.always());
  }

  /** Those of some keys that are requests and due. */
  public static List<Request> due(List<String> keys, Instant now) {
    return keys.stream()
        .map(FeedRequests::request)
        .flatMap(Optional::stream)
        .filter(request -> !request.at().isAfter(now))
        .toList();
  }

  private static Optional<Request> request(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.matches()
        ? Optional.of(
            new Request(matcher.group(2), Instant.ofEpochSecond(Long.parseLong(matcher.group(1)))))
        : Optional.empty();
  }

  /**
   * Takes a request away. To be done before the feed is written: what changes while it is written
   * is asked for anew.
   */
  public void taken(Request request) throws IOException {
    store.delete(request.key());
  }
}
