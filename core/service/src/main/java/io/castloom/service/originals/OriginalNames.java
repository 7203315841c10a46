package io.castloom.service.originals;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the bytes of an original came again. They are one original and one job, and
 * yet whoever sent them as {@code second.wav} looks for that name. One small object each, at {@code
 * originals/<account>/names/<sha256>~<digest of the name>}, so that one listing tells all of an
 * account, and whose bytes came once only costs nothing.
 */
public final class OriginalNames {

  /** Of one original; whoever sends it under more has them no longer in mind either. */
  static final int MOST = 50;

  private static final int CACHED = 5_000;

  private final ObjectStore store;
  private final Map<String, Named> known = Collections.synchronizedMap(new Lru<>(CACHED));

  private record Named(String filename, Instant at) {}

  private record Found(String sha256, Named named) {}

  /**
   * @param store the private bucket
   */
  public OriginalNames(ObjectStore store) {
    this.store = store;
  }

  /** Notes another name, once. Idempotent. */
  public void add(AccountId account, Sha256 sha256, String filename, Instant at)
      throws IOException {
    if (store.list(prefix(account) + sha256, "", MOST).objects().size() < MOST) {
      String digest = Sha256.of(filename.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 24);
      store.put(
          prefix(account) + sha256 + "~" + digest,
          Json.data(new Named(filename, at)),
          PutCondition.ifAbsent());
    }
  }

  /** The other names of one original, the oldest first. */
  public List<String> of(AccountId account, Sha256 sha256) throws IOException {
    return read(prefix(account) + sha256).getOrDefault(sha256.hex(), List.of());
  }

  /** The other names of all of an account's originals, by their SHA-256, the oldest first. */
  public Map<String, List<String>> all(AccountId account) throws IOException {
    return read(prefix(account));
  }

  private Map<String, List<String>> read(String prefix) throws IOException {
    List<Found> found = new ArrayList<>();
    ObjectPage page = store.list(prefix, "", 1_000);
    while (true) {
      for (ObjectInfo info : page.objects()) {
        Named named = named(info.key());
        if (named != null) {
          String name = info.key().substring(info.key().lastIndexOf('/') + 1);
          found.add(new Found(name.substring(0, Math.max(0, name.indexOf('~'))), named));
        }
      }
      if (!page.more() || page.objects().isEmpty()) {
        break;
      }
      page = store.list(prefix, page.objects().getLast().key(), 1_000);
    }
    found.sort(Comparator.comparing(it -> it.named().at()));
    Map<String, List<String>> names = new HashMap<>();
    found.forEach(
        it ->
            names.computeIfAbsent(it.sha256(), _ -> new ArrayList<>()).add(it.named().filename()));
    return names;
  }

  private @Nullable Named named(String key) throws IOException {
    Named named = known.get(key);
    if (named == null) {
      try {
        named = Json.read(store, key, Named.class);
        known.put(key, named); // written once, never changed
      } catch (NoSuchObjectException e) {
        return null;
      }
    }
    return named;
  }

  private static String prefix(AccountId account) {
    return "originals/" + account + "/names/";
  }
}
