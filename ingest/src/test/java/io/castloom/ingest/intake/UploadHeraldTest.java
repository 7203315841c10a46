package io.castloom.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.announce.RunningUploads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadHeraldTest {
  private static final Duration TICK = Duration.ofSeconds(5);

  /** An hour as it is on a CD. */
  private static final long HOUR = 3_600L * 176_400;

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final RunningUploads announced = new RunningUploads(store);
  private final UploadHerald herald = new UploadHerald(store, Job.Policy.DEFAULT, clock);
  private final AtomicLong received = new AtomicLong();

  @AfterEach
  void nothing_stays_announced() throws IOException {
    herald.close();
    assertThat(store.list("announcements/", "", 10).objects()).isEmpty();
  }

  private static UploadRequest request(String filename) {
    Profile mp3 = Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128"));
    return new UploadRequest(
        new AccountId("demo"), filename, List.of(mp3), Priority.HIGH, null, null, null, null);
  }

  private UploadHerald.Watch watch(String upload, long total) {
    return herald.watch(
        upload, new UploadHerald.Arriving(() -> request("talk.wav"), total, received::get));
  }

  /** So many ticks at a steady rate; how many objects were written. */
  private int send(int ticks, long bytesEach) throws IOException {
    int writes = 0;
    List<String> before = keys();
    for (int i = 0; i < ticks; i++) {
      clock.advance(TICK);
      received.addAndGet(bytesEach);
      herald.runOnce();
      List<String> now = keys();
      writes += now.equals(before) ? 0 : 1;
      before = now;
    }
    return writes;
  }

  private List<String> keys() throws IOException {
    return store.list("announcements/uploads/", "", 1_000).objects().stream()
        .map(it -> it.key())
        .toList();
  }

  private Announcement only() throws IOException {
    List<Announcement> ahead = announced.ahead(clock.instant());
    assertThat(ahead).hasSize(1);
    return ahead.getFirst();
  }

  @Test
  void a_long_upload_is_announced_with_its_end_and_its_segments() throws IOException {
    try (var _ = watch("aa", HOUR)) {
      assertThat(send(1, HOUR / 60)).isZero();
      send(1, HOUR / 60);
      Announcement work = only();
      assertThat(work.lane()).isEqualTo(Lane.valueOf("transcode-high"));
      assertThat(work.tasks()).isEqualTo(12);
      assertThat(work.estimate()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
      Duration left = Duration.between(clock.instant(), work.at());
      assertThat(left).isBetween(Duration.ofSeconds(285), Duration.ofSeconds(300));
    }
    herald.runOnce();
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_steady_upload_is_written_once_and_again_only_to_be_known_as_alive() throws IOException {
    try (var _ = watch("aa", 2 * HOUR)) {
      assertThat(send(100, HOUR / 500)).isEqualTo(1);
      Duration age =
          Duration.between(
              store.list("announcements/", "", 1).objects().getFirst().lastModified(),
              clock.instant());
      assertThat(age).isLessThan(RunningUploads.RENEWED);
    }
  }

  @Test
  void an_upload_that_slows_down_moves_its_end() throws IOException {
    try (var _ = watch("aa", HOUR)) {
      send(6, HOUR / 60);
      Announcement before = only();
      send(13, HOUR / 240);
      assertThat(only().at()).isAfter(before.at().plus(Duration.ofMinutes(3)));
    }
  }

  @Test
  void an_upload_that_stands_still_is_taken_back() throws IOException {
    try (var _ = watch("aa", HOUR)) {
      send(6, HOUR / 60);
      assertThat(keys()).hasSize(1);
      send(14, 0);
      assertThat(keys()).isEmpty();
    }
  }

  @Test
  void what_is_short_or_nearly_over_is_not_announced() throws IOException {
    try (var _ = watch("aa", HOUR / 30)) {
      send(10, HOUR / 30_000);
      assertThat(keys()).as("two minutes of sound").isEmpty();
    }
    received.set(0);
    try (var _ = watch("bb", HOUR)) {
      send(3, HOUR / 3);
      assertThat(keys()).as("it takes 15 seconds").isEmpty();
    }
  }

  @Test
  void of_an_upload_whose_length_nobody_said_as_much_again_is_expected() throws IOException {
    try (var _ = watch("aa", -1)) {
      int writes = send(120, HOUR / 120);
      Announcement work = only();
      assertThat(work.certainty()).isEqualTo(0.5);
      assertThat(writes).as("in ten minutes").isLessThan(8);
      assertThat(work.tasks()).isBetween(8, 24);
    }
  }

  @Test
  void a_resumable_upload_may_pause_between_its_pieces_but_not_for_long() throws IOException {
    try (UploadHerald.Watch first = watch("aa", HOUR)) {
      send(6, HOUR / 60);
      first.rest();
    }
    send(2, 0);
    try (UploadHerald.Watch second = watch("aa", HOUR)) {
      send(6, HOUR / 60);
      assertThat(keys()).hasSize(1);
      second.rest();
    }
    send(8, 0);
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_flood_of_uploads_writes_a_bounded_number() throws IOException {
    List<UploadHerald.Watch> all = new ArrayList<>();
    for (int i = 0; i < UploadHerald.MOST + 50; i++) {
      all.add(watch("u" + i, HOUR));
    }
    send(6, HOUR / 60);
    assertThat(keys()).hasSize(UploadHerald.MOST);
    all.subList(0, 100).forEach(UploadHerald.Watch::close);
    send(1, HOUR / 60);
    send(1, HOUR / 60);
    assertThat(keys()).hasSizeBetween(150, UploadHerald.MOST);
    all.forEach(UploadHerald.Watch::close);
  }

  @Test
  void the_kind_of_file_is_told_by_its_name() {
    for (String name : new String[] {"a.wav", "a.WAV.part", "a.aiff"}) {
      assertThat(tasks(name, HOUR)).hasValue(12);
    }
    assertThat(tasks("a.mp3", HOUR / 10)).hasValue(9);
    assertThat(tasks("a.mp3", 100_000)).isEmpty();
  }

  private Optional<Integer> tasks(String name, long bytes) {
    return ExpectedWork.of(request(name), bytes, Job.Policy.DEFAULT, clock.instant(), 0.9)
        .map(Announcement::tasks);
  }
}
