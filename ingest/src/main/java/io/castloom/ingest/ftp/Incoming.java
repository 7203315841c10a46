package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.Reception;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.SpoolFullException;
import io.castloom.ingest.intake.UploadHerald;
import io.castloom.ingest.intake.UploadOutcome;
import io.castloom.ingest.intake.Uploader;
import io.castloom.service.accounts.Account;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Files on their way in over FTP. A file whose transfer broke off, and one whose name says that it
 * is not whole, wait here to be gone on with or renamed; nothing of them is queued before.
 */
public final class Incoming implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofHours(6);

  private final Intake intake;
  private final Inbox inbox;
  private final Refusals refusals;
  private final UploadHerald herald;
  private final InstantSource clock;
  private final TransferTable table = new TransferTable();

  public Incoming(
      Intake intake,
      ShowUploads shows,
      Refusals refusals,
      UploadHerald herald,
      InstantSource clock) {
    this.intake = intake;
    this.inbox = new Inbox(shows);
    this.refusals = refusals;
    this.herald = herald;
    this.clock = clock;
  }

  Inbox inbox() {
    return inbox;
  }

  /** How a transfer ended. */
  sealed interface Ended {
    /** It waits for its rename. */
    record Waits() implements Ended {}

    /** It was taken in. */
    record Taken(UploadOutcome.Accepted accepted) implements Ended {}

    /** It is no recording. */
    record Refused(String reason) implements Ended {}
  }

  /** What waits, or was taken in lately, in a folder. */
  synchronized List<Transfer.Listed> list(AccountId account, String folder) {
    return table.list(account, folder, clock.instant());
  }

  synchronized Optional<Transfer.Listed> find(AccountId account, InPath path) {
    return table.find(new Transfer.Key(account, path));
  }

  /**
   * Begins a file or goes on with one.
   *
   * @param offset where the sender begins; -1 for where the last one ended
   * @throws IOException it cannot be sent now; the message is for the sender
   */
  synchronized Transfer begin(Account account, InPath path, long offset) throws IOException {
    Transfer.Key key = new Transfer.Key(account.id(), path);
    Transfer before = table.get(key);
    if (before != null && before.busy()) {
      throw new IOException(path.name() + " is being sent by another connection");
    }
    long have = before == null ? 0 : before.reception().received();
    long from = offset < 0 ? have : offset;
    if (from > have) {
      throw new IOException("only " + have + " bytes of " + path.name() + " are here: begin there");
    }
    Transfer transfer = before;
    if (transfer == null) {
      transfer = new Transfer(key, account, reception(account), clock.instant());
    } else if (from < have) {
      transfer.reception(shortened(account, transfer.reception(), from));
    }
    table.put(transfer);
    transfer.begin();
    return transfer;
  }

  /** A new reception; when the disk is full, those that wait longest give way. */
  private Reception reception(Account account) throws IOException {
    Uploader uploader = new Uploader(account.id(), account.limits().uploadBytes());
    while (true) {
      try {
        return intake.begin(uploader, -1, null);
      } catch (SpoolFullException e) {
        Optional<Transfer> oldest = table.longestWaiting();
        if (oldest.isEmpty()) {
          throw e;
        }
        table.drop(oldest.get());
      }
    }
  }

  /** Lets it be known that the file is coming in. */
  UploadHerald.Watch watch(Transfer transfer, long totalBytes) {
    Reception reception = transfer.reception();
    return herald.watch(
        reception.upload(),
        new UploadHerald.Arriving(
            () -> inbox.request(transfer.account(), transfer.key().path()),
            totalBytes,
            reception::received));
  }

  private Reception shortened(Account account, Reception old, long to) throws IOException {
    Reception fresh = reception(account);
    try (old;
        InputStream in = Files.newInputStream(old.path())) {
      byte[] buffer = new byte[32 << 10];
      long left = to;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        fresh.write(buffer, 0, read);
        left -= read;
      }
      return fresh;
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  /** The transfer broke off: what has come waits. */
  synchronized void pause(Transfer transfer) {
    transfer.stop(clock.instant());
    if (transfer.reception().received() == 0) {
      table.drop(transfer);
    }
  }

  /**
   * Everything has come.
   *
   * @param check whether the sender is still there, asked when the file was looked at
   * @throws CutOffException he is not; what has come waits
   * @throws IOException a fault; what has come waits
   */
  Ended finish(Transfer transfer, Reception.LastCheck check) throws IOException {
    InPath path = transfer.key().path();
    if (path.unfinished()) {
      check.passes();
      pause(transfer);
      return new Ended.Waits();
    }
    boolean keep = true;
    try {
      UploadOutcome outcome =
          transfer.reception().finish(inbox.request(transfer.account(), path), check);
      keep = false;
      return ended(transfer, outcome);
    } finally {
      if (keep) {
        pause(transfer);
      }
    }
  }

  private Ended ended(Transfer transfer, UploadOutcome outcome) throws IOException {
    Transfer.Key key = transfer.key();
    long size = transfer.reception().received();
    synchronized (this) {
      table.drop(transfer);
    }
    return switch (outcome) {
      case UploadOutcome.Accepted accepted -> {
        synchronized (this) {
          table.taken(key, size, clock.instant());
        }
        refusals.forget(key.account(), key.path().name());
        yield new Ended.Taken(accepted);
      }
      case UploadOutcome.Refused(String reason) -> {
        refusals.keep(key.account(), key.path().name(), reason, clock.instant());
        yield new Ended.Refused(reason);
      }
      case UploadOutcome.Damaged damaged ->
          throw new IllegalStateException("FTP announces no digest: " + damaged);
    };
  }

  /**
   * Gives a waiting file its right name, which takes it in.
   *
   * @throws IOException there is no such file, or it cannot be taken now
   */
  Ended rename(Account account, InPath from, InPath to) throws IOException {
    Transfer transfer;
    synchronized (this) {
      Transfer.Key key = new Transfer.Key(account.id(), from);
      transfer = table.get(key);
      if (transfer == null || transfer.busy()) {
        throw new IOException(from.name() + " does not wait for a rename");
      }
      Transfer other = table.get(new Transfer.Key(account.id(), to));
      if (other != null && other.busy()) {
        throw new IOException(to.name() + " is being sent by another connection");
      }
      if (other != null) {
        table.drop(other);
      }
      table.rename(transfer, new Transfer.Key(account.id(), to));
      transfer.begin();
    }
    return finish(transfer, () -> {});
  }

  /** Removes a waiting file; false when there is none. */
  synchronized boolean remove(AccountId account, InPath path) {
    Transfer transfer = table.get(new Transfer.Key(account, path));
    if (transfer == null || transfer.busy()) {
      return false;
    }
    table.drop(transfer);
    return true;
  }

  /** Removes what nobody went on with. */
  public synchronized void sweep() {
    table.dropWaitingSince(clock.instant().minus(PATIENCE));
  }

  @Override
  public synchronized void close() {
    table.dropAll();
  }
}
