package io.castloom.service.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.store.MemoryObjectStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveredBytesTest {
  private static final String BODY = "b".repeat(64);
  private static final String AD = "a".repeat(64);
  private static final int FRAME = 400;

  /** An ad of 1,000 frames and a body of 9,000, at 100 frames a second. */
  private static Timeline timeline() {
    Segment ad =
        new Segment(
            Segment.Kind.AD,
            "pre",
            AD,
            Duration.ZERO,
            null,
            Duration.ZERO,
            new Placement("spring", "bread", AD));
    Segment body =
        new Segment(Segment.Kind.BODY, "", BODY, Duration.ZERO, null, Duration.ZERO, null);
    Arrangement arrangement =
        new Arrangement(
            "talk",
            "one",
            LocalDate.EPOCH,
            new Rendering("mp3", "enc"),
            List.of(ad, body),
            "f".repeat(64));
    return Timeline.of(
        arrangement,
        original -> PieceGrid.of(44_100, 441, original.equals(AD) ? 1_000 : 9_000, 0, 0));
  }

  private static VersionFacts facts(BytePlan plan) {
    return DeliveredBytes.of("media/talk/one/1.mp3", "talk", "one", plan, timeline());
  }

  @Test
  void an_ad_lies_where_its_piece_is_copied() {
    BytePlan plan =
        BytePlan.of(
            new BytePlan.Literal(Bytes.copyOf(new byte[1_500])),
            new BytePlan.CopyRange("pieces/" + AD + "/mp3/enc/audio.mp3", 0, 1_000 * FRAME),
            new BytePlan.Literal(Bytes.copyOf(new byte[100])),
            new BytePlan.CopyRange("pieces/" + BODY + "/mp3/enc/audio.mp3", 0, 9_000 * FRAME));
    VersionFacts facts = facts(plan);
    assertThat(facts.bytes()).isEqualTo(plan.length());
    assertThat(facts.ads())
        .containsExactly(new VersionFacts.AdBytes("spring", 1_500, 1_500 + 1_000 * FRAME));
    assertThat(facts.minuteBytes()).isBetween(6_000L * FRAME, 6_000L * FRAME + 2_000);
  }

  @Test
  void an_ad_lies_where_the_frames_of_its_piece_are_written_anew() {
    String flac = "/flac/enc/audio.flac";
    BytePlan plan =
        BytePlan.of(
            new BytePlan.Literal(Bytes.copyOf(new byte[900])),
            new BytePlan.Made(300, "pieces/" + AD + flac, _ -> new byte[300]),
            new BytePlan.Made(200, "pieces/" + AD + flac, _ -> new byte[200]),
            new BytePlan.Made(90_000, "pieces/" + BODY + flac, _ -> new byte[90_000]));
    assertThat(facts(plan).ads())
        .containsExactly(new VersionFacts.AdBytes("spring", 900, 900 + 500));
  }

  @Test
  void where_all_bytes_are_rewritten_it_lies_where_its_time_is() {
    VersionFacts facts = facts(BytePlan.literal(Bytes.copyOf(new byte[10_000 * FRAME])));
    assertThat(facts.ads()).containsExactly(new VersionFacts.AdBytes("spring", 0, 1_000 * FRAME));
    assertThat(facts.minuteBytes()).isEqualTo(6_000L * FRAME);
  }

  @Test
  void facts_are_kept_beside_the_version() throws Exception {
    StoredVersions versions = new StoredVersions(new MemoryObjectStore());
    VersionFacts facts = facts(BytePlan.literal(Bytes.copyOf(new byte[4_000])));
    versions.keepFacts(facts);
    versions.keepFacts(facts);
    assertThat(versions.facts(facts.version())).hasValue(facts);
    assertThat(versions.facts("media/talk/one/2.mp3")).isEmpty();
  }
}
