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
import org.jspecify.annotations.Nullable;

/**
 * Brings a recording's bytes to {@code originals/<account>/<sha256>}, by the cheapest way there is:
 *
 * <ul>
 *   <li>short ones are put once their name is known, in one call or as parts side by side: S3 takes
 *       some 90 MB/s a connection, so that one call of 200 MB keeps its sender waiting for 2 s;
 *   <li>all but the shortest with an announced digest are sent under their final name while they
 *       come in;
 *   <li>long ones without are sent to {@code uploads/…} while they come in, and the store copies
 *       them to their name afterwards.
 * </ul>
 */
final class Deposit implements Closeable {
  /** Uploaded bytes are served to nobody but workers. */
  private static final String TYPE = "application/octet-stream";

  /** Up to this, parts would save less than their calls take. */
  private static final long ONE_CALL_BYTES = 32L << 20;

  /** What the store copies in one call: S3 allows 5 GiB; smaller ones run side by side. */
  private static final long COPY_BYTES = 256L << 20;

  private final Intake intake;
  private final AccountId account;
  private final String folder;
  private final SpoolFile file;
  private final @Nullable Sha256 announced;
  private @Nullable PartSender sender;
  private boolean needless;

  Deposit(
      Intake intake, AccountId account, String upload, SpoolFile file, @Nullable Sha256 announced) {
    this.intake = intake;
    this.account = account;
    this.folder = UploadRecord.folder(account.value(), upload);
    this.file = file;
    this.announced = announced;
  }

  /** More of the file has come in. */
  void grown() throws IOException {
    if (needless || file.size() <= early()) {
      return;
    }
    PartSender open = sender;
    if (open == null) {
      if (announced != null && intake.originals().stored(account, announced)) {
        needless = true;
        return;
      }
      String key = announced == null ? body() : Original.key(account, announced);
      open = begin(key);
    }
    open.grown();
  }

  /** Above this, parts leave while more comes in. */
  private long early() {
    long direct = intake.policy().directBytes();
    return announced == null ? direct : Math.min(direct, ONE_CALL_BYTES);
  }

  private PartSender begin(String key) throws IOException {
    PartSender begun = new PartSender(store().startUpload(key, TYPE), file, TYPE, intake.senders());
    sender = begun;
    return begun;
  }

  /**
   * Everything has come in.
   *
   * @return false when the same bytes were there already
   */
  boolean store(Sha256 sha256) throws IOException {
    String key = Original.key(account, sha256);
    PartSender open = sender;
    if (open == null) {
      if (file.size() <= ONE_CALL_BYTES) {
        return store().put(key, file.slice(0, file.size(), TYPE), PutCondition.ifAbsent()).stored();
      }
      PartSender whole = begin(key);
      return whole.complete(PutCondition.ifAbsent()).stored();
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
