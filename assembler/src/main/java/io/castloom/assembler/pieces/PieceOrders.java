package io.castloom.assembler.pieces;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.service.jobs.Endings;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.PieceNeed;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Has missing pieces made by the workers, as ordinary jobs: bodies are encoded, stings and ads
 * conformed, and so is what is encoded again because its frames do not fit. Asking for the same
 * piece again is the same job.
 */
public final class PieceOrders {

  private final StoredOriginals originals;
  private final JobStore jobs;
  private final Submitting dispatcher;
  private final InstantSource clock;

  /** Brings a job onto the queues. */
  @FunctionalInterface
  public interface Submitting {
    Job submit(Job job) throws IOException;
  }

  /** What became of an order. */
  public sealed interface Outcome {
    /** It is being made. */
    record Ordered(Job job) implements Outcome {}

    /** It cannot be made; for people. */
    record Hopeless(String reason) implements Outcome {}
  }

  public PieceOrders(
      StoredOriginals originals, JobStore jobs, Submitting dispatcher, InstantSource clock) {
    this.originals = originals;
    this.jobs = jobs;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /**
   * Orders a recording in a form.
   *
   * @param account whose recording it is
   * @param encoder the build whose piece is missing
   */
  public Outcome order(
      AccountId account, PieceNeed piece, Profile profile, String encoder, Priority priority)
      throws IOException {
    Optional<Original> found = originals.find(account, new Sha256(piece.original()));
    if (found.isEmpty()) {
      return new Outcome.Hopeless("the recording " + piece.original() + " was deleted");
    }
    Job job = dispatcher.submit(job(found.get(), piece, profile, priority, "piece " + encoder));
    Optional<JobStore.Ending> ending = Endings.find(jobs, account, job.id());
    if (ending.isEmpty()) {
      return new Outcome.Ordered(job);
    }
    if (ending.get().state() != JobState.DONE) {
      return new Outcome.Hopeless(
          "the recording "
              + found.get().filename()
              + " could not be brought to "
              + profile.name()
              + ": "
              + ending.get().failure());
    }
    // Done, and yet it is missing, so it was deleted: made again, once a day at most.
    String again = "piece " + encoder + " " + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new Outcome.Ordered(
        dispatcher.submit(job(found.get(), piece, profile, priority, again)));
  }

  private Job job(
      Original original, PieceNeed piece, Profile profile, Priority priority, String order) {
    List<Profile> one = List.of(profile);
    Conforming how = piece.conforming();
    return how == null
        ? JobPlanner.plan(original, one, priority, null, order, Job.Policy.DEFAULT, clock.instant())
        : JobPlanner.planConform(original, one, how, priority, order, clock.instant());
  }
}
