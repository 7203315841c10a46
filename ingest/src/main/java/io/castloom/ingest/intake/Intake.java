package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.media.MediaTools;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.originals.OriginalNames;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes recordings in. The order of things is what makes it safe: the bytes are looked at before
 * anything is kept; a record of the upload is written before the original is stored and removed
 * after its job is on its way; the original and the job are named by content, so that the same file
 * twice is one original and one job, and every step may be repeated.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /**
   * What an intake works with.
   *
   * @param store the private bucket
   * @param episodes hears of recordings that are to become episodes
   */
  public record Parts(
      ObjectStore store,
      MediaTools tools,
      JobStarter starter,
      EpisodeMaker episodes,
      InstantSource clock) {}

  private final Parts parts;
  private final StoredOriginals originals;
  private final OriginalNames names;
  private final Spool spool;
  private final Senders senders;
  private final IntakePolicy policy;
  private final Semaphore probes;
  private final SecureRandom random = new SecureRandom();

  public Intake(Parts parts, Spool spool, Senders senders, IntakePolicy policy) {
    this.parts = parts;
    this.originals = new StoredOriginals(parts.store());
    this.names = new OriginalNames(parts.store());
    this.spool = spool;
    this.senders = senders;
    this.policy = policy;
    this.probes = new Semaphore(policy.probesAtOnce());
  }

  public IntakePolicy policy() {
    return policy;
  }

  /** The originals that were taken in. */
  public StoredOriginals originals() {
    return originals;
  }

  /** The names under which the bytes of originals came again. */
  public OriginalNames names() {
    return names;
  }

  /**
   * Begins to receive a recording. Whoever begins also closes; closing before {@link
   * Reception#finish} leaves nothing.
   *
   * @param declaredBytes how long the sender says it is; -1 when he does not say
   * @param announced the digest that the sender announced; null when he did not
   * @throws TooLargeException it is declared larger than is taken
   * @throws SpoolFullException there is no disk for it
   */
  public Reception begin(Uploader uploader, long declaredBytes, @Nullable Sha256 announced)
      throws IOException {
    long limit = limit(uploader);
    if (declaredBytes > limit) {
      throw new TooLargeException(limit);
    }
    SpoolFile file = spool.begin(Math.max(0, declaredBytes), limit);
    return new Reception(this, uploader.account(), newUploadId(), file, announced);
  }

  /**
   * A file on the spool for a piece of something larger.
   *
   * @throws SpoolFullException there is no disk for it
   */
  public SpoolFile scratch(long bytes) throws IOException {
    return spool.begin(bytes, bytes);
  }

  /** The largest file that is taken from him, in bytes. */
  public long limit(Uploader uploader) {
    return Math.min(policy.maxUploadBytes(), uploader.maxBytes());
  }

  /** The private bucket. */
  public ObjectStore store() {
    return parts.store();
  }

  /** Opens a job on a stored original and sends it on its way. */
  public Job order(Original original, UploadRequest request) throws IOException {
    Job job =
        JobPlanner.plan(
            original,
            request.profiles(),
            request.priority(),
            request.callback(),
            request.externalId(),
            policy.jobs(),
            parts.clock().instant());
    UploadRequest.EpisodeOf episode = request.episode();
    return parts
        .starter()
        .submit(
            job.withDeadline(request.deadline()).withShow(episode == null ? null : episode.show()));
  }

  /** Opens the job, makes the episode, forgets the record: what is left once bytes are stored. */
  Job settle(UploadRecord record) throws IOException {
    Original original = originals.describe(record.original());
    String name = record.request().filename();
    if (!name.equals(original.filename())) {
      names.add(original.account(), original.sha256(), name, record.original().storedAt());
    }
    Job job = order(original, record.request());
    if (record.request().episode() != null) {
      parts.episodes().make(record.request().episode(), original, name);
    }
    parts.store().delete(record.key());
    LOG.info(
        "upload {} of {}: job {} on original {}",
        record.upload(),
        original.account(),
        job.id(),
        original.sha256());
    return job;
  }

  void keep(UploadRecord record) throws IOException {
    parts.store().put(record.key(), Json.data(record), PutCondition.always());
  }

  ProbeOutcome probe(Path file, String filename) throws IOException {
    try {
      probes.acquire();
      try {
        return parts.tools().probe(file, filename);
      } finally {
        probes.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("stopped while probing").initCause(e);
    }
  }

  Parts parts() {
    return parts;
  }

  Senders senders() {
    return senders;
  }

  /** 16 hexadecimal digits. */
  public String newUploadId() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
