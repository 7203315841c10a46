package io.castloom.ingest.intake;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings a recording's bytes to {@code originals/<account>/<sha256>}, by the cheapest way there is:
 *
 * <ul>
 *   <li>short ones are put once their name is known;
 *   <li>long ones with an announced digest and length are put under their final name while they
 *       come in, as many at once as have a slot;
 *   <li>others with an announced digest are sent under their final name in parts;
 *   <li>all other long ones are sent to {@code uploads/…} while they come in, and the store copies
 *       them to their name afterwards.
 * </ul>
 */
final class Deposit implements Closeable {
  /** Uploaded bytes are served to nobody but workers. */
  private static final String TYPE = "application/octet-stream";

  /** What the store copies in one call: S3 allows 5 GiB; smaller ones run side by side. */
  private static final long COPY_BYTES = 256L << 20;

  /** Shorter files are there before a second request would pay. */
  private static final long FOLLOWED_BYTES = 4L << 20;

  /** S3 takes up to 5 GiB in one piece; beyond this, parts side by side are faster. */
  private static final long MAX_FOLLOWED = 1L << 30;

  private final Intake intake;
  private final AccountId account;
  private final String folder;
  private final SpoolFile file;
  private final @Nullable Sha256 announced;
  private final long declaredBytes;
  private @Nullable PartSender sender;
  private @Nullable TailSender tail;
  private boolean needless;
  private boolean full;

  Deposit(
      Intake intake,
      AccountId account,
      String upload,
      SpoolFile file,
      long declaredBytes,
      @Nullable Sha256 announced) {
    this.intake = intake;
    this.account = account;
    this.folder = UploadRecord.folder(account.value(), upload);
    this.file = file;
    this.declaredBytes = declaredBytes;
    this.announced = announced;
  }

  /** More of the file has come in. */
  void grown() throws IOException {
    if (tail != null) {
      tail.grown();
    } else if (sender != null) {
      sender.grown();
    } else if (!needless && file.size() > begin()) {
      begin(announced);
    }
  }

  /** How much has to have come before any of it is sent. */
  private long begin() {
    return follows() && !full ? FOLLOWED_BYTES : intake.policy().directBytes();
  }

  private void begin(@Nullable Sha256 name) throws IOException {
    if (name == null) {
      sender = parts(body());
      return;
    }
    needless = intake.originals().stored(account, name);
    if (needless) {
      return;
    }
    String key = Original.key(account, name);
    Semaphore slots = intake.senders().tails();
    if (follows() && !full && slots.tryAcquire()) {
      tail = new TailSender(store(), key, file, declaredBytes, TYPE, slots);
      return;
    }
    full = true;
    if (file.size() > intake.policy().directBytes()) {
      sender = parts(key);
    }
  }

  private PartSender parts(String key) throws IOException {
    return new PartSender(store().startUpload(key, TYPE), file, TYPE, intake.senders());
  }

  /** Whether it can be put in one piece while it comes in. */
  private boolean follows() {
    return announced != null && declaredBytes > FOLLOWED_BYTES && declaredBytes <= MAX_FOLLOWED;
  }

  /**
   * Everything has come in.
   *
   * @return false when the same bytes were there already
   */
  boolean store(Sha256 sha256) throws IOException {
    String key = Original.key(account, sha256);
    TailSender following = tail;
    if (following != null) {
      return following.complete().stored();
    }
    PartSender open = sender;
    if (open == null) {
      return store().put(key, file.slice(0, file.size(), TYPE), PutCondition.ifAbsent()).stored();
    }
    if (announced != null) {
      return open.complete(PutCondition.ifAbsent()).stored();
    }
    if (intake.originals().stored(account, sha256)) {
      return false;
    }
    open.complete(PutCondition.always());
    boolean stored = copy(key);
    store().delete(body());
    return stored;
  }

  private boolean copy(String key) throws IOException {
    try (MultipartUpload copy = store().startUpload(key, TYPE)) {
      int number = 1;
      for (long at = 0; at < file.size(); at += COPY_BYTES) {
        long length = Math.min(COPY_BYTES, file.size() - at);
        copy.copyPart(number++, store(), body(), new ByteRange(at, length));
      }
      return copy.complete(PutCondition.ifAbsent()).stored();
    }
  }

  @Override
  public void close() throws IOException {
    if (tail != null) {
      tail.close();
    }
    if (sender != null) {
      sender.close();
    }
  }

  private ObjectStore store() {
    return intake.parts().store();
  }

  private String body() {
    return folder + "body";
  }
}
