package io.castloom.ingest.tus;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.intake.SpoolFile;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Resumable uploads in the private bucket: a document, and the bytes that have come so far as one
 * object for each stretch, named by where it begins. A stretch is created if absent, so that of two
 * senders of one upload only one gets on. Nothing of it lies in this process, so any other one can
 * go on.
 */
public final class TusStore {
  /** How long an upload waits for its next bytes. */
  public static final Duration PATIENCE = Duration.ofDays(2);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final String DOCUMENT = "tus.json";
  private static final String STRETCHES = "at/";
  private static final String TYPE = "application/octet-stream";

  private final ObjectStore store;

  public TusStore(ObjectStore store) {
    this.store = store;
  }

  /** The upload of that id; empty when the account has none. */
  public Optional<TusUpload> find(AccountId account, String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(store, folder(account, id) + DOCUMENT, TusUpload.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  void save(TusUpload upload) throws IOException {
    store.put(
        folder(upload.request().account(), upload.id()) + DOCUMENT,
        Json.data(upload),
        PutCondition.always());
  }

  /** How many bytes have come: the end of the stretches that join from the beginning. */
  long offset(TusUpload upload) throws IOException {
    long offset = 0;
    for (ObjectInfo stretch : stretches(upload)) {
      if (start(stretch) == offset) {
        offset += stretch.sizeBytes();
      }
    }
    return offset;
  }

  /**
   * Keeps bytes that begin at the offset.
   *
   * @return false when somebody else has put others there
   */
  boolean append(TusUpload upload, long offset, SpoolFile bytes) throws IOException {
    String name = String.format(Locale.ROOT, "%016d", offset);
    return store
        .put(
            folder(upload) + STRETCHES + name,
            bytes.slice(0, bytes.size(), TYPE),
            PutCondition.ifAbsent())
        .stored();
  }

  /** Copies everything that has come, in order. */
  void copy(TusUpload upload, OutputStream to) throws IOException {
    long offset = 0;
    for (ObjectInfo stretch : stretches(upload)) {
      if (start(stretch) == offset) {
        try (ObjectContent content = store.get(stretch.key(), null)) {
          content.stream().transferTo(to);
        }
        offset += stretch.sizeBytes();
      }
    }
  }

  /** Removes the bytes; the document stays, to tell what became of it. */
  void removeBytes(TusUpload upload) throws IOException {
    store.deleteAll(stretches(upload).stream().map(ObjectInfo::key).toList());
  }

  /** Removes all of it. */
  void remove(TusUpload upload) throws IOException {
    store.delete(folder(upload) + DOCUMENT);
    removeBytes(upload);
  }

  /**
   * Removes what nobody went on with.
   *
   * @return how many uploads were removed
   */
  public int sweep(Instant now) throws IOException {
    int removed = 0;
    String after = "";
    ObjectPage page;
    do {
      page = store.list("uploads/", after, 1_000);
      for (ObjectInfo object : page.objects()) {
        after = object.key();
        Duration age = Duration.between(object.lastModified(), now);
        if (object.key().endsWith("/" + DOCUMENT)) {
          removed += expire(object.key(), now) ? 1 : 0;
        } else if (object.key().contains("/" + STRETCHES)
            && age.compareTo(PATIENCE.multipliedBy(2)) > 0) {
          store.delete(object.key());
        }
      }
    } while (page.more());
    return removed;
  }

  private boolean expire(String key, Instant now) throws IOException {
    try {
      TusUpload upload = Json.read(store, key, TusUpload.class);
      if (now.isAfter(upload.expiresAt())) {
        remove(upload);
        return true;
      }
    } catch (NoSuchObjectException e) {
      // another one removed it
    }
    return false;
  }

  private List<ObjectInfo> stretches(TusUpload upload) throws IOException {
    List<ObjectInfo> all = new ArrayList<>();
    String prefix = folder(upload) + STRETCHES;
    ObjectPage page = store.list(prefix, "", 1_000);
    all.addAll(page.objects());
    while (page.more()) {
      page = store.list(prefix, all.getLast().key(), 1_000);
      all.addAll(page.objects());
    }
    return all;
  }

  private static long start(ObjectInfo stretch) {
    return Long.parseLong(stretch.key().substring(stretch.key().lastIndexOf('/') + 1));
  }

  private static String folder(TusUpload upload) {
    return folder(upload.request().account(), upload.id());
  }

  private static String folder(AccountId account, String id) {
    return "uploads/" + account + "/" + id + "/";
  }
}
