package io.castloom.ingest.intake;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording on its way in: bytes are written to it, then it is finished or closed. Memory is a
 * few kilobytes whatever its length. For one thread.
 *
 * <p>Closing without finishing aborts: nothing is queued and nothing is kept.
 */
public final class Reception extends OutputStream {
  /** Whether what was received and looked at is all that is to come. */
  @FunctionalInterface
  public interface LastCheck {
    /**
     * @throws IOException it is not; the message says why
     */
    void passes() throws IOException;
  }

  private final Intake intake;
  private final AccountId account;
  private final String upload;
  private final SpoolFile file;
  private final @Nullable Sha256 announced;
  private final Deposit deposit;
  private final MessageDigest digest = Sha256.digest();

  Reception(
      Intake intake, AccountId account, String upload, SpoolFile file, @Nullable Sha256 announced) {
    this.intake = intake;
    this.account = account;
    this.upload = upload;
    this.file = file;
    this.announced = announced;
    this.deposit = new Deposit(intake, account, upload, file, announced);
  }

  /** The upload's id. */
  public String upload() {
    return upload;
  }

  /** How many bytes have come in. */
  public long received() {
    return file.size();
  }

  /** Where the bytes lie until this is closed. */
  public Path path() {
    return file.path();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws TooLargeException more has come than is taken
   * @throws SpoolFullException the disk is full
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.append(bytes, offset, length);
    digest.update(bytes, offset, length);
    deposit.grown();
  }

  /**
   * Everything has come in: looks at it, stores it and sends its job on its way.
   *
   * @throws IOException the store or the probe failed; the sender tries again
   */
  public UploadOutcome finish(UploadRequest request) throws IOException {
    return finish(request, () -> {});
  }

  /**
   * The same, asking once more before anything is kept. When the answer is an exception, nothing
   * was kept, and more may be written.
   */
  public UploadOutcome finish(UploadRequest request, LastCheck check) throws IOException {
    if (file.size() == 0) {
      check.passes();
      return new UploadOutcome.Refused("the file is empty");
    }
    Sha256 sha256 = Sha256.finish(digestSoFar());
    if (announced != null && !announced.equals(sha256)) {
      return new UploadOutcome.Damaged(announced, sha256);
    }
    Optional<Original> known = intake.originals().find(account, sha256);
    if (known.isPresent()) {
      check.passes();
      return settle(request, sha256, known.get().media(), true);
    }
    return switch (intake.probe(file.path(), request.filename())) {
      case ProbeOutcome.Refused(String reason) -> {
        check.passes(); // what broke off is no recording yet, and may become one
        yield new UploadOutcome.Refused(reason);
      }
      case ProbeOutcome.Recognised(SourceMedia media) -> {
        check.passes();
        yield settle(request, sha256, media, false);
      }
    };
  }

  private byte[] digestSoFar() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
    }
  }

  private UploadOutcome settle(
      UploadRequest request, Sha256 sha256, SourceMedia media, boolean known) throws IOException {
    UploadRecord record =
        new UploadRecord(upload, request, sha256, media, intake.parts().clock().instant());
    intake.keep(record);
    boolean stored = known || !deposit.store(sha256);
    Job job = intake.settle(record);
    return new UploadOutcome.Accepted(upload, job.original(), job, request.filename(), stored);
  }

  /** Aborts unless finished; gives the disk back. */
  @Override
  public void close() throws IOException {
    try (file) {
      deposit.close();
    }
  }
}
