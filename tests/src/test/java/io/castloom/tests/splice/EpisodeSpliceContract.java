package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.Bytes;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.splice.Part;
import io.castloom.domain.splice.SplicePlan;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.Stitched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published episodes sound like their pieces, to the sample, whatever the arrangement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EpisodeSpliceContract {

  private static final long SEED = Long.getLong("castloom.proof.seed", 7);
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);
  private static final int ARRANGEMENTS = 3;

  /** Long enough that the store copies both halves itself: parts have at least 5 MiB. */
  private static final int LONG_SECONDS = 640;

  private static final Profile MP3_320 =
      new Profile("mp3-320", Codec.MP3, 44_100, 2, new Profile.Rate.Bitrate(320), null);

  @TempDir Path folder;

  /** The private and the public bucket, both new. */
  abstract Buckets buckets() throws IOException;

  record Buckets(ObjectStore pieces, ObjectStore published) {}

  private Studio studio(Profile profile, int seconds) throws IOException, InterruptedException {
    Buckets buckets = buckets();
    return Studio.of(folder, buckets.pieces(), buckets.published(), profile, seconds);
  }

  @Test
  void a_long_episode_is_mostly_copied_inside_the_store_and_keeps_every_sample() throws Exception {
    Studio studio = studio(MP3_320, LONG_SECONDS);
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(SEED + run);
      // a quarter to three quarters: both sides can lend to the part with the ad
      Duration cue = Duration.ofMillis(LONG_SECONDS * (250L + random.nextInt(500)));
      TreeMap<Duration, String> mids = new TreeMap<>();
      mids.put(cue, studio.ad());
      DraftEpisode draft = studio.draft(studio.sting(), studio.ad(), mids, studio.ad(), null);

      Stitched.File file = studio.check(draft, "long-" + run);

      assertThat(file.parts()).isInstanceOf(SplicePlan.Multipart.class);
      List<Part> parts = ((SplicePlan.Multipart) file.parts()).parts();
      assertThat(parts.stream().filter(Part.Copied.class::isInstance)).hasSizeGreaterThan(1);
      assertThat(file.parts().share()).isLessThan(0.5);
    }
  }

  @Test
  void constant_bit_rate() throws Exception {
    randomArrangements("mp3-128");
  }

  @Test
  void variable_bit_rate() throws Exception {
    randomArrangements("mp3-v4");
  }

  @Test
  void one_channel() throws Exception {
    randomArrangements("mp3-64-mono");
  }

  @Test
  void m4a() throws Exception {
    randomArrangements("aac-128");
  }

  @Test
  void flac_keeps_every_sample_also_at_the_cuts() throws Exception {
    randomArrangements("flac");
  }

  @Test
  void opus_is_right_as_soon_as_a_decoder_can_be() throws Exception {
    randomArrangements("opus-64");
  }

  @Test
  void opus_packets_of_other_lengths_stand_in_one_stream() throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("opus-64"));
    randomArrangements(studio(profile, 60).withPackets(List.of(60, 10, 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3-128", "aac-128", "opus-64", "flac"})
  void the_cover_is_seen(String format) throws Exception {
    Studio studio = studio(Objects.requireNonNull(StandardProfiles.ALL.get(format)), 5);
    DraftEpisode draft = studio.draft(null, studio.ad(), new TreeMap<>(), null, null);
    Path picture = folder.resolve(format + ".png");
    studio
        .tools()
        .ffmpeg("-f", "lavfi", "-i", "color=red:s=600x600", "-frames:v", "1", picture.toString());
    new Covers(studio.store())
        .keep(Covers.name(draft.show(), draft.episode()), Bytes.adopt(Files.readAllBytes(picture)));

    String key = "media/talk/cover-" + format;
    studio.shelf().publish(key, draft, studio.shelf().plan(draft));

    Path file = studio.shelf().fetch(key, folder.resolve("cover-" + format));
    assertThat(studio.tools().ffprobe("-show_streams", file.toString()))
        .contains("codec_name=png", "width=600", "DISPOSITION:attached_pic=1");
    if (studio.profile().codec() == Codec.OPUS) {
      Programs.require("opusinfo");
      assertThat(Tools.run(List.of("opusinfo", file.toString()))).doesNotContain("WARNING");
    }
  }

  private void randomArrangements(String format) throws Exception {
    randomArrangements(studio(Objects.requireNonNull(StandardProfiles.ALL.get(format)), 60));
  }

  private static void randomArrangements(Studio studio) throws Exception {
    for (int run = 0; run < RUNS * ARRANGEMENTS; run++) {
      studio.check(studio.random(new Random(SEED + run)), studio.profile().name() + "-" + run);
    }
  }
}
