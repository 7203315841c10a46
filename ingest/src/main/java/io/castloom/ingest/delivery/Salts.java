package io.castloom.ingest.delivery;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * Each day's salt, the same for all nodes: the first one that needs it makes it. Once a day is over
 * its salt is deleted, and nobody can tell any more whose addresses the log was written of. Used by
 * one thread.
 */
final class Salts {
  private static final String PREFIX = "deliveries/salts/";
  private static final int BYTES = 32;

  /** Lines of the last minutes of a day are hashed shortly after its end. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofHours(1);

  private final ObjectStore store;
  private final SecureRandom random = new SecureRandom();
  private final Map<LocalDate, byte[]> known = new HashMap<>();

  /**
   * @param store the private bucket
   */
  Salts(ObjectStore store) {
    this.store = store;
  }

  /** The salt of a day (UTC). */
  byte[] of(LocalDate day) throws IOException {
    byte[] salt = known.get(day);
    if (salt == null) {
      salt = shared(day);
      known.put(day, salt);
    }
    return salt;
  }

  private byte[] shared(LocalDate day) throws IOException {
    String key = PREFIX + day;
    byte[] fresh = new byte[BYTES];
    random.nextBytes(fresh);
    if (store
        .put(key, ObjectData.of(fresh, "application/octet-stream"), PutCondition.ifAbsent())
        .stored()) {
      return fresh;
    }
    try (ObjectContent content = store.get(key, null)) {
      return content.stream().readAllBytes();
    } catch (NoSuchObjectException e) {
      return fresh; // another node has just thrown it away: the day is over
    }
  }

  /** Throws away the salts of the days that are over. */
  void forget(Instant now) throws IOException {
    LocalDate today = now.minus(AFTER_MIDNIGHT).atZone(ZoneOffset.UTC).toLocalDate();
    known.keySet().removeIf(day -> day.isBefore(today));
    for (ObjectInfo info : store.list(PREFIX, "", 1000).objects()) {
      if (info.key().substring(PREFIX.length()).compareTo(today.toString()) < 0) {
        store.delete(info.key());
      }
    }
  }
}
