package io.castloom.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.ingest.FakeTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  private static final AccountId DEMO = new AccountId("demo");
  private static final long MIB = 1L << 20;
  private static final Uploader UPLOADER = new Uploader(DEMO, Long.MAX_VALUE);

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final FakeTools tools = new FakeTools();
  private final List<Job> started = new ArrayList<>();
  private final Senders senders = new Senders(2);
  private Spool spool;
  private Intake intake;
  private boolean queueFails;

  @BeforeEach
  void open() throws IOException {
    spool = new Spool(folder, 64 * MIB);
    intake = hashingUpTo(4 * MIB);
  }

  private Intake hashingUpTo(long bytes) {
    Intake.Parts parts = new Intake.Parts(store, tools, this::submit, (_, _, _) -> {}, clock);
    return new Intake(
        parts,
        spool,
        senders,
        new IntakePolicy(
            40 * MIB, bytes, 2, Job.Policy.DEFAULT, new io.castloom.service.outgoing.Reach(false)));
  }

  @AfterEach
  void nothing_is_left_open() throws IOException {
    senders.close();
    assertThat(store.openStreams()).isZero();
    assertThat(store.openUploads()).isZero();
    assertThat(spool.reservedBytes()).isZero();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void a_short_recording_is_stored_under_its_digest_and_its_job_started() throws IOException {
    byte[] bytes = FakeTools.recording(100_000, 1);
    UploadOutcome.Accepted accepted = accepted(send(bytes, null));
    Sha256 sha = Sha256.of(bytes);
    assertThat(accepted.original().sha256()).isEqualTo(sha);
    assertThat(accepted.known()).isFalse();
    assertThat(started).containsExactly(accepted.job());
    assertThat(stored(sha)).isEqualTo(bytes);
    assertThat(keys()).containsExactly(Original.key(DEMO, sha), Original.key(DEMO, sha) + ".json");
  }

  @Test
  void a_long_recording_without_a_digest_travels_in_parts_and_is_copied_to_its_name()
      throws IOException {
    byte[] bytes = FakeTools.recording((int) (21 * MIB), 2);
    accepted(send(bytes, null));
    assertThat(stored(Sha256.of(bytes))).isEqualTo(bytes);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void one_that_is_hashed_first_goes_to_its_name_as_parts_side_by_side() throws IOException {
    intake = hashingUpTo(40 * MIB);
    byte[] bytes = FakeTools.recording((int) (33 * MIB), 12);
    assertThat(accepted(send(bytes, null)).known()).isFalse();
    assertThat(stored(Sha256.of(bytes))).isEqualTo(bytes);
    assertThat(accepted(send(bytes, null)).known()).isTrue();
    assertThat(keys()).hasSize(2);
  }

  @Test
  void a_long_recording_with_a_digest_travels_to_its_name_directly() throws IOException {
    byte[] bytes = FakeTools.recording((int) (21 * MIB), 3);
    accepted(send(bytes, Sha256.of(bytes)));
    assertThat(stored(Sha256.of(bytes))).isEqualTo(bytes);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void the_same_bytes_twice_are_one_original_and_one_job() throws IOException {
    for (int size : new int[] {50_000, (int) (9 * MIB)}) {
      byte[] bytes = FakeTools.recording(size, 4);
      Job first = accepted(send(bytes, null)).job();
      int probes = tools.probes();
      UploadOutcome.Accepted again = accepted(send(bytes, null));
      UploadOutcome.Accepted announced = accepted(send(bytes, Sha256.of(bytes)));
      assertThat(again.known()).isTrue();
      assertThat(announced.known()).isTrue();
      assertThat(again.job().id()).isEqualTo(first.id());
      assertThat(announced.job().id()).isEqualTo(first.id());
      assertThat(tools.probes()).as("known bytes are not looked at again").isEqualTo(probes);
    }
    assertThat(keys()).hasSize(4);
  }

  @Test
  void what_is_no_recording_is_refused_and_not_kept() throws IOException {
    byte[] bytes = new byte[(int) (10 * MIB)];
    assertThat(send(bytes, null))
        .isEqualTo(new UploadOutcome.Refused("this is a web page, not a recording"));
    assertThat(send(bytes, Sha256.of(bytes))).isInstanceOf(UploadOutcome.Refused.class);
    assertThat(send(new byte[0], null)).isEqualTo(new UploadOutcome.Refused("the file is empty"));
    assertThat(keys()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing() throws IOException {
    byte[] bytes = FakeTools.recording((int) (10 * MIB), 5);
    for (Sha256 announced : new @Nullable Sha256[] {null, Sha256.of(bytes)}) {
      try (Reception reception = intake.begin(UPLOADER, -1, announced)) {
        reception.write(bytes, 0, (int) (9 * MIB));
      }
    }
    assertThat(keys()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void other_bytes_than_announced_are_not_kept() throws IOException {
    byte[] bytes = FakeTools.recording((int) (10 * MIB), 6);
    Sha256 other = Sha256.of(new byte[1]);
    assertThat(send(bytes, other)).isEqualTo(new UploadOutcome.Damaged(other, Sha256.of(bytes)));
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_file_that_is_too_large_is_refused_as_soon_as_that_is_known() throws IOException {
    assertThatThrownBy(() -> intake.begin(UPLOADER, 41 * MIB, null))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("40 MiB");
    try (Reception reception = intake.begin(UPLOADER, -1, null)) {
      reception.write(new byte[(int) (40 * MIB)]);
      assertThatThrownBy(() -> reception.write(1)).isInstanceOf(TooLargeException.class);
    }
  }

  @Test
  void a_full_disk_is_said_in_words() throws IOException {
    try (Reception first = intake.begin(UPLOADER, 40 * MIB, null)) {
      assertThat(first.received()).isZero();
      assertThatThrownBy(() -> intake.begin(UPLOADER, 40 * MIB, null))
          .isInstanceOf(SpoolFullException.class)
          .hasMessageContaining("no room")
          .hasMessageContaining("try again");
    }
  }

  @Test
  void an_original_whose_job_was_lost_in_a_crash_gets_it_later() throws IOException {
    byte[] bytes = FakeTools.recording(70_000, 7);
    queueFails = true;
    assertThatThrownBy(() -> send(bytes, null)).isInstanceOf(IOException.class);
    queueFails = false;
    assertThat(started).isEmpty();
    Reconciler reconciler = new Reconciler(intake);
    assertThat(reconciler.runOnce()).as("still in the hands of its receiver").isZero();
    clock.advance(Duration.ofMinutes(3));
    assertThat(reconciler.runOnce()).isEqualTo(1);
    assertThat(started).hasSize(1);
    assertThat(started.getFirst().original().sha256()).isEqualTo(Sha256.of(bytes));
    assertThat(keys()).hasSize(2);
    assertThat(reconciler.runOnce()).isZero();
  }

  private Job submit(Job job) throws IOException {
    if (queueFails) {
      throw new IOException("the queue is away");
    }
    started.add(job);
    return job;
  }

  private UploadOutcome send(byte[] bytes, @Nullable Sha256 announced) throws IOException {
    try (Reception reception = intake.begin(UPLOADER, bytes.length, announced)) {
      for (int at = 0; at < bytes.length; at += 100_000) {
        reception.write(bytes, at, Math.min(100_000, bytes.length - at));
      }
      return reception.finish(request());
    }
  }

  private static UploadRequest request() {
    return new UploadRequest(
        DEMO,
        "talk.wav",
        List.copyOf(StandardProfiles.ALL.values()).subList(0, 1),
        Priority.NORMAL,
        null,
        null,
        null,
        null);
  }

  private static UploadOutcome.Accepted accepted(UploadOutcome outcome) {
    assertThat(outcome).isInstanceOf(UploadOutcome.Accepted.class);
    return (UploadOutcome.Accepted) outcome;
  }

  private byte[] stored(Sha256 sha) throws IOException {
    try (var content = store.get(Original.key(DEMO, sha), null)) {
      return content.stream().readAllBytes();
    }
  }

  private List<String> keys() throws IOException {
    return store.list("", "", 1000).objects().stream().map(ObjectInfo::key).toList();
  }
}
