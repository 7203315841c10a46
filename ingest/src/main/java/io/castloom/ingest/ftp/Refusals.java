package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Why files were refused, for senders whose client does not show what the server answers. Kept for
 * some days at {@code uploads/<account>/refused-…/refusal.json}.
 */
public final class Refusals {
  private final ObjectStore store;

  public Refusals(ObjectStore store) {
    this.store = store;
  }

  /** A file that was refused, and why. */
  record Refusal(String filename, String reason, Instant at) {}

  void keep(AccountId account, String filename, String reason, Instant at) throws IOException {
    store.put(
        key(account, filename),
        Json.data(new Refusal(filename, reason, at)),
        PutCondition.always());
  }

  void forget(AccountId account, String filename) throws IOException {
    store.delete(key(account, filename));
  }

  /** At most 200 of an account. */
  List<Refusal> list(AccountId account) throws IOException {
    List<Refusal> all = new ArrayList<>();
    for (ObjectInfo info : store.list(prefix(account), "", 200).objects()) {
      try {
        all.add(Json.read(store, info.key(), Refusal.class));
      } catch (NoSuchObjectException e) {
        // it was forgotten meanwhile
      }
    }
    return all;
  }

  private static String prefix(AccountId account) {
    return "uploads/" + account + "/refused-";
  }

  private static String key(AccountId account, String filename) {
    String digest = Sha256.of(filename.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 24);
    return prefix(account) + digest + "/refusal.json";
  }
}
