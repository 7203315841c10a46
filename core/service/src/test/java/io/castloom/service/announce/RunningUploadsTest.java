package io.castloom.service.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningUploadsTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final RunningUploads uploads = new RunningUploads(store);

  private UploadAnnouncement upload(String name, int minutes) {
    return new UploadAnnouncement(
        name,
        new Announcement(
            Lane.valueOf("transcode-normal"),
            clock.instant().plus(Duration.ofMinutes(minutes)),
            12,
            Duration.ofMillis(7_250),
            0.9));
  }

  @Test
  void what_was_announced_is_read_again_the_soonest_first() throws IOException {
    UploadAnnouncement late = upload("aa", 7);
    UploadAnnouncement soon = upload("bb", 3);
    uploads.announce(late);
    uploads.announce(soon);
    assertThat(uploads.ahead(clock.instant())).containsExactly(soon.work(), late.work());
    clock.advance(Duration.ofMinutes(4));
    assertThat(uploads.ahead(clock.instant())).containsExactly(late.work());
    uploads.withdraw(late);
    assertThat(uploads.ahead(clock.instant())).isEmpty();
  }

  @Test
  void one_that_its_process_left_counts_no_more_and_is_swept() throws IOException {
    UploadAnnouncement left = upload("aa", 60);
    UploadAnnouncement alive = upload("bb", 60);
    uploads.announce(left);
    uploads.announce(alive);
    clock.advance(RunningUploads.STALE.minusSeconds(1));
    uploads.announce(alive);
    assertThat(uploads.ahead(clock.instant())).hasSize(2);
    clock.advance(Duration.ofSeconds(2));
    assertThat(uploads.ahead(clock.instant())).containsExactly(alive.work());
    assertThat(uploads.sweep(clock.instant())).isEqualTo(1);
    assertThat(store.list("announcements/", "", 10).objects()).hasSize(1);
  }

  @Test
  void a_foreign_key_is_passed_over() throws IOException {
    for (String key : new String[] {"9999999999999-aa", "9999999999999-aa~x~1~1~90", "zz"}) {
      store.put(
          "announcements/uploads/" + key,
          ObjectData.of(new byte[0], "text/plain"),
          PutCondition.always());
    }
    assertThat(uploads.ahead(clock.instant())).isEmpty();
  }
}
