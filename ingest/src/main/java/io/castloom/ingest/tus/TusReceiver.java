package io.castloom.ingest.tus;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.Reception;
import io.castloom.ingest.intake.SpoolFile;
import io.castloom.ingest.intake.UploadHerald;
import io.castloom.ingest.intake.UploadOutcome;
import io.castloom.ingest.intake.UploadRequest;
import io.castloom.ingest.intake.Uploader;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Receives resumable uploads, stretch by stretch, and takes them in when they are complete. */
public final class TusReceiver {
  /** Bytes of a stretch: what is lost at most when this process dies. */
  static final int STRETCH_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 32 << 10;

  private final Intake intake;
  private final TusStore store;
  private final UploadHerald herald;
  private final InstantSource clock;
  private final Map<String, Thread> senders = new ConcurrentHashMap<>();

  public TusReceiver(Intake intake, TusStore store, UploadHerald herald, InstantSource clock) {
    this.intake = intake;
    this.store = store;
    this.herald = herald;
    this.clock = clock;
  }

  /** How a piece was taken. */
  public sealed interface Piece {
    /** So much has come now; more is awaited. */
    record Kept(TusUpload upload, long offset) implements Piece {}

    /** Everything has come and was taken in. */
    record Complete(TusUpload upload, long offset) implements Piece {}

    /** Everything has come, and is no recording; the upload is gone. */
    record Refused(String reason) implements Piece {}

    /** The piece does not begin where the last one ended. */
    record Elsewhere(long offset) implements Piece {}
  }

  /** A new upload, of which nothing has come yet. */
  public TusUpload create(UploadRequest request, String metadata, long length) throws IOException {
    TusUpload upload =
        new TusUpload(
            intake.newUploadId(),
            request,
            metadata,
            length,
            clock.instant(),
            clock.instant().plus(TusStore.PATIENCE),
            null);
    store.save(upload);
    return upload;
  }

  /** How many bytes have come. Whoever still sends to this upload is asked to leave first. */
  public long offset(TusUpload upload) throws IOException {
    if (upload.receipt() != null) {
      return upload.length();
    }
    takeOver(upload.id());
    return store.offset(upload);
  }

  /** Removes an upload and what has come of it. */
  public void remove(TusUpload upload) throws IOException {
    takeOver(upload.id());
    store.remove(upload);
  }

  /**
   * Receives a piece. What has come of it is kept even if it breaks off.
   *
   * @param body the piece; it may end anywhere, also with an exception
   * @param receipts what the client shall be told of an upload that was taken in
   * @throws IOException the store failed; the client asks for the offset and goes on
   */
  public Piece receive(
      TusUpload upload,
      long offset,
      InputStream body,
      Uploader uploader,
      Function<UploadOutcome.Accepted, Map<String, Object>> receipts)
      throws IOException {
    takeOver(upload.id());
    senders.put(upload.id(), Thread.currentThread());
    try {
      long at = upload.receipt() == null ? store.offset(upload) : upload.length();
      if (offset != at) {
        return new Piece.Elsewhere(at);
      }
      AtomicLong come = new AtomicLong(at);
      try (UploadHerald.Watch watch =
          herald.watch(
              upload.id(),
              new UploadHerald.Arriving(upload::request, upload.length(), come::get))) {
        at = append(upload, at, body, come);
        if (at < upload.length()) {
          watch.rest();
          TusUpload waiting = upload.expiring(clock.instant().plus(TusStore.PATIENCE));
          store.save(waiting);
          return new Piece.Kept(waiting, at);
        }
        if (at > offset && isMore(body)) {
          store.remove(upload); // nobody can tell which bytes are too many
          return new Piece.Refused(
              "more came than the " + upload.length() + " bytes of its Upload-Length; begin anew");
        }
        return complete(upload, uploader, receipts);
      }
    } finally {
      senders.remove(upload.id(), Thread.currentThread());
    }
  }

  private long append(TusUpload upload, long from, InputStream body, AtomicLong come)
      throws IOException {
    long at = from;
    boolean more = true;
    while (more && at < upload.length()) {
      long wanted = Math.min(STRETCH_BYTES, upload.length() - at);
      try (SpoolFile stretch = intake.scratch(wanted)) {
        fill(body, stretch, wanted);
        // an interrupt asks to leave: what has come is kept first
        more = stretch.size() == wanted && !Thread.interrupted();
        if (stretch.size() > 0 && !store.append(upload, at, stretch)) {
          return store.offset(upload);
        }
        at += stretch.size();
        come.set(at);
      }
    }
    return at;
  }

  /** Receives up to {@code wanted} bytes; fewer when the body ends or breaks off. */
  private static void fill(InputStream body, SpoolFile stretch, long wanted) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (stretch.size() < wanted) {
      int read;
      try {
        read = body.read(buffer, 0, (int) Math.min(buffer.length, wanted - stretch.size()));
      } catch (IOException gone) {
        return;
      }
      if (read < 0) {
        return;
      }
      boolean asked = Thread.interrupted();
      stretch.append(buffer, 0, read);
      if (asked) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether a body of unknown length goes on behind what was wanted of it. */
  private static boolean isMore(InputStream body) {
    try {
      return body.read() >= 0;
    } catch (IOException gone) {
      return false;
    }
  }

  private Piece complete(
      TusUpload upload,
      Uploader uploader,
      Function<UploadOutcome.Accepted, Map<String, Object>> receipts)
      throws IOException {
    if (upload.receipt() != null) {
      return new Piece.Complete(upload, upload.length());
    }
    UploadOutcome outcome;
    try (Reception reception = intake.begin(uploader, upload.length(), null)) {
      store.copy(upload, reception);
      outcome = reception.finish(upload.request());
    }
    return switch (outcome) {
      case UploadOutcome.Accepted accepted -> {
        TusUpload completed = upload.completed(receipts.apply(accepted));
        store.save(completed);
        store.removeBytes(completed);
        yield new Piece.Complete(completed, upload.length());
      }
      case UploadOutcome.Refused(String reason) -> {
        store.remove(upload);
        yield new Piece.Refused(reason);
      }
      case UploadOutcome.Damaged damaged ->
          throw new IllegalStateException("nothing was announced: " + damaged);
    };
  }

  /**
   * A client that lost its connection comes back before the server has noticed the loss: the old
   * request is interrupted, keeps what it has, and leaves.
   */
  private void takeOver(String id) {
    Thread other = senders.get(id);
    if (other == null || other.equals(Thread.currentThread())) {
      return;
    }
    other.interrupt();
    for (int i = 0; i < 100 && other.equals(senders.get(id)); i++) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  /** The upload of that id; empty when the account has none. */
  public @Nullable TusUpload find(AccountId account, String id) throws IOException {
    return store.find(account, id).orElse(null);
  }
}
