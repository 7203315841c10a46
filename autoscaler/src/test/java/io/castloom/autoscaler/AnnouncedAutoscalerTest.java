package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import io.castloom.service.announce.Announcements;
import io.castloom.service.announce.NightAnnouncement;
import io.castloom.service.announce.RunningUploads;
import io.castloom.service.announce.UploadAnnouncement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines boot before the messages come, for work that is known ahead. */
final class AnnouncedAutoscalerTest extends MemoryScaler {

  @Test
  void an_announced_night_has_its_instances_before_its_messages_come() throws IOException {
    Instant begins = clock.instant().plus(Duration.ofMinutes(6));
    LocalDate night = LocalDate.ofInstant(begins, ZoneOffset.UTC);
    new Announcements(store)
        .announce(
            new NightAnnouncement(
                night,
                clock.instant(),
                List.of(
                    new NightAnnouncement.Work("show", "transcode-high", begins, 40, 40 * 120))));
    Autoscaler scaler = scaler("a");
    tick(scaler, 35);
    assertThat(clock.instant()).isBefore(begins);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void an_upload_that_is_still_running_has_an_instance_that_boots() throws IOException {
    Instant ends = clock.instant().plus(Duration.ofMinutes(4));
    Lane lane = Lane.valueOf("transcode-high");
    RunningUploads uploads = new RunningUploads(store);
    UploadAnnouncement upload =
        new UploadAnnouncement(
            "0123456789abcdef", new Announcement(lane, ends, 12, Duration.ofSeconds(60), 0.9));
    uploads.announce(upload);
    Autoscaler scaler = scaler("a");
    tick(scaler, 22);
    assertThat(clock.instant()).isBefore(ends);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void an_upload_that_was_aborted_starts_nothing() throws IOException {
    Instant ends = clock.instant().plus(Duration.ofMinutes(4));
    Lane lane = Lane.valueOf("transcode-high");
    RunningUploads uploads = new RunningUploads(store);
    UploadAnnouncement upload =
        new UploadAnnouncement(
            "0123456789abcdef", new Announcement(lane, ends, 12, Duration.ofSeconds(60), 0.9));
    uploads.announce(upload);
    Autoscaler scaler = scaler("a");
    tick(scaler, 2);
    uploads.withdraw(upload);
    tick(scaler, 40);
    assertThat(living()).isEmpty();
  }
}
