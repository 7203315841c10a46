package io.castloom.service.catalog;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Feeds that have to be written although no episode is assembled: a document was changed, an
 * episode withdrawn, or the hour of its publication has come. Each is an empty object of the
 * private bucket, {@code nightly/asked/feed/<seconds>-<show>} for an hour to come and {@code
 * nightly/asked/feed/000000000000-<show>.<random>} for now. It is taken away when the feed has been
 * written, so that a crash loses nothing; what changes meanwhile is asked for under another name.
 */
public final class FeedRequests {
  private static final String PREFIX = "nightly/asked/feed/";
  private static final long MOST_SECONDS = 999_999_999_999L;
  private static final Pattern KEY =
      Pattern.compile(PREFIX + "(\\d{12})-([a-z0-9-]+)(?:\\.[0-9a-f]{16})?");

  private final ObjectStore store;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param store the private bucket
   */
  public FeedRequests(ObjectStore store) {
    this.store = store;
  }

  /** Asks for a feed as soon as may be. */
  public void ask(String show) throws IOException {
    put(key(0, show) + "." + HexFormat.of().toHexDigits(random.nextLong()));
  }

  /** Asks for a feed that is not to be written before an hour; asking twice is asking once. */
  public void ask(String show, Instant at) throws IOException {
    long seconds = at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0); // never before its hour
    put(key(Math.clamp(seconds, 0, MOST_SECONDS), show));
  }

  private static String key(long seconds, String show) {
    return PREFIX + String.format(Locale.ROOT, "%012d-%s", seconds, show);
  }

  private void put(String key) throws IOException {
    store.put(key, ObjectData.of(new byte[0], "application/json"), PutCondition.always());
  }

  /** Of some keys, by show, those of its requests that are due. */
  public static Map<String, List<String>> due(List<String> keys, Instant now) {
    Map<String, List<String>> due = new LinkedHashMap<>();
    for (String key : keys) {
      Matcher matcher = KEY.matcher(key);
      if (matcher.matches() && Long.parseLong(matcher.group(1)) <= now.getEpochSecond()) {
        due.computeIfAbsent(matcher.group(2), _ -> new ArrayList<>()).add(key);
      }
    }
    return due;
  }

  /** Takes requests away, once a feed was written that was read after they were seen. */
  public void taken(List<String> keys) throws IOException {
    for (String key : keys) {
      store.delete(key);
    }
  }
}
