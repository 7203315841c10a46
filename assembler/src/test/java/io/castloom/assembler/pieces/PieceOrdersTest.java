package io.castloom.assembler.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.PieceNeed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PieceOrdersTest {
  private static final String ENCODER = "build-1";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final Original original =
      Samples.anOriginal(Samples.DEMO, "body.wav", Duration.ofMinutes(30));
  private final Profile flac =
      Objects.requireNonNull(StandardProfiles.ALL.get("flac")).withLoudness(-16);

  @BeforeEach
  void a_recording() throws IOException {
    store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(original);
  }

  @Test
  void a_body_that_does_not_fit_is_conformed_to_a_key_of_its_own() throws IOException {
    PieceNeed plain = new PieceNeed(Segment.Kind.BODY, original.sha256().hex(), "");
    PieceNeed again = new PieceNeed(Segment.Kind.BODY, original.sha256().hex(), "24 bits");

    assertThat(tasks(plain)).noneMatch(task -> task.spec() instanceof TaskSpec.Conform);
    assertThat(worked(again)).isEqualTo(again.key(flac, ENCODER));
    assertThat(again.key(flac, ENCODER)).isNotEqualTo(plain.key(flac, ENCODER));
  }

  @Test
  void an_ad_that_does_not_fit_keeps_its_fades_and_gets_another_key() throws IOException {
    PieceNeed plain = new PieceNeed(Segment.Kind.AD, original.sha256().hex(), "");
    PieceNeed again = new PieceNeed(Segment.Kind.AD, original.sha256().hex(), "48000 Hz");

    assertThat(worked(plain)).isEqualTo(plain.key(flac, ENCODER));
    assertThat(worked(again)).isEqualTo(again.key(flac, ENCODER));
    assertThat(again.key(flac, ENCODER)).isNotEqualTo(plain.key(flac, ENCODER));
    assertThat(again.conforming()).isEqualTo(new Conforming(PieceNeed.EDGE, true));
    assertThat(plain.conforming()).isEqualTo(new Conforming(PieceNeed.EDGE, false));
  }

  @Test
  void a_piece_whose_only_task_was_rejected_is_not_waited_for() throws IOException {
    PieceNeed ad = new PieceNeed(Segment.Kind.AD, original.sha256().hex(), "");
    ended(((PieceOrders.Outcome.Ordered) stored(ad)).job(), TaskState.REJECTED, "no sound in it");

    assertThat(stored(ad))
        .isInstanceOfSatisfying(
            PieceOrders.Outcome.Hopeless.class,
            hopeless ->
                assertThat(hopeless.reason())
                    .isEqualTo(
                        "the recording body.wav could not be brought to flac: no sound in it"));
  }

  @Test
  void a_piece_that_was_made_and_deleted_is_made_again() throws IOException {
    PieceNeed ad = new PieceNeed(Segment.Kind.AD, original.sha256().hex(), "");
    Job first = ((PieceOrders.Outcome.Ordered) stored(ad)).job();
    ended(first, TaskState.DONE, "");

    assertThat(((PieceOrders.Outcome.Ordered) stored(ad)).job().id()).isNotEqualTo(first.id());
  }

  private PieceOrders.Outcome stored(PieceNeed need) throws IOException {
    StoredJobs jobs = new StoredJobs(store);
    return new PieceOrders(new StoredOriginals(store), jobs, jobs::open, clock)
        .order(original.account(), need, flac, ENCODER, Priority.BULK);
  }

  /** As a worker leaves it: the record of the task that decides alone is all that is written. */
  private void ended(Job job, TaskState state, String cause) throws IOException {
    Task task = JobFlow.of(job, Map.of()).ready(clock.instant()).getFirst();
    assertThat(task.sole()).isTrue();
    Attempt attempt = new Attempt("w-1", ENCODER, clock.instant(), clock.instant(), "", cause, "");
    new StoredJobs(store)
        .record(new TaskRecord(task.id(), task.account(), state, 0, List.of(attempt), List.of()));
  }

  /** Where the worker that does its only task stores the piece. */
  private PieceKey worked(PieceNeed need) throws IOException {
    TaskSpec.Conform spec = (TaskSpec.Conform) tasks(need).iterator().next().spec();
    return PieceKey.conformed(spec.original().sha256(), spec.profile(), spec.how(), ENCODER);
  }

  private Iterable<Task> tasks(PieceNeed need) throws IOException {
    PieceOrders orders =
        new PieceOrders(new StoredOriginals(store), new StoredJobs(store), job -> job, clock);
    PieceOrders.Outcome outcome =
        orders.order(original.account(), need, flac, ENCODER, Priority.BULK);
    assertThat(outcome).isInstanceOf(PieceOrders.Outcome.Ordered.class);
    Job job = ((PieceOrders.Outcome.Ordered) outcome).job();
    return JobFlow.of(job, Map.of()).ready(clock.instant());
  }
}
