package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.ReservoirCheck;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.arrangement.Timeline;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

  /**
   * Behind a cut a decoder goes on from the loudness of each band that stood before it, and forgets
   * a third to a half of that with each packet of 20 ms (RFC 6716, 4.3.2.1). On noise that is cut
   * at its full level 0.26 of full scale are left after 40 ms, 0.1 after 80, 0.03 after 120.
   */
  private static final int OPUS_SETTLES = 9_600;

  private static final double OPUS_TOLERANCE = 0.01;

  @TempDir Path folder;

  /** The private and the public bucket, both new. */
  abstract Buckets buckets() throws IOException;

  record Buckets(ObjectStore pieces, ObjectStore published) {}

  @Test
  void a_long_episode_is_mostly_copied_inside_the_store_and_keeps_every_sample() throws Exception {
    Studio studio = new Studio(MP3_320, LONG_SECONDS);
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(SEED + run);
      // a quarter to three quarters: both sides can lend to the part with the ad
      Duration cue = Duration.ofMillis(LONG_SECONDS * (250L + random.nextInt(500)));
      TreeMap<Duration, String> mids = new TreeMap<>();
      mids.put(cue, studio.ad);
      DraftEpisode draft = studio.draft(studio.sting, studio.ad, mids, studio.ad, null);

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
    randomArrangements(new Studio(profile, 60, List.of(60, 10, 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3-128", "aac-128", "opus-64", "flac"})
  void the_cover_is_seen(String format) throws Exception {
    Studio studio = new Studio(Objects.requireNonNull(StandardProfiles.ALL.get(format)), 5);
    DraftEpisode draft = studio.draft(null, studio.ad, new TreeMap<>(), null, null);
    Path picture = folder.resolve(format + ".png");
    studio.tools.ffmpeg(
        "-f", "lavfi", "-i", "color=red:s=600x600", "-frames:v", "1", picture.toString());
    new Covers(studio.store)
        .keep(Covers.name(draft.show(), draft.episode()), Bytes.adopt(Files.readAllBytes(picture)));

    String key = "media/talk/cover-" + format;
    studio.shelf.publish(key, draft, studio.shelf.plan(draft));

    Path file = studio.shelf.fetch(key, folder.resolve("cover-" + format));
    assertThat(studio.tools.ffprobe("-show_streams", file.toString()))
        .contains("codec_name=png", "width=600", "DISPOSITION:attached_pic=1");
    if (studio.profile.codec() == Codec.OPUS) {
      Programs.require("opusinfo");
      assertThat(Tools.run(List.of("opusinfo", file.toString()))).doesNotContain("WARNING");
    }
  }

  private void randomArrangements(String format) throws Exception {
    randomArrangements(new Studio(Objects.requireNonNull(StandardProfiles.ALL.get(format)), 60));
  }

  private void randomArrangements(Studio studio) throws Exception {
    for (int run = 0; run < RUNS * ARRANGEMENTS; run++) {
      Random random = new Random(SEED + run);
      TreeMap<Duration, String> mids = new TreeMap<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mids.put(Duration.ofNanos(random.nextLong(1_000_000_000L, 59_000_000_000L)), studio.ad);
      }
      studio.check(
          studio.draft(
              random.nextBoolean() ? studio.sting : null,
              random.nextBoolean() ? studio.ad : null,
              mids,
              random.nextBoolean() ? studio.ad : null,
              random.nextBoolean() ? studio.sting : null),
          studio.profile.name() + "-" + run);
    }
  }

  /** The pieces of one format. */
  private final class Studio {
    private final Profile profile;
    private final Tools tools = new Tools();
    private final ObjectStore store;
    private final PieceShelf shelf;
    private final String body;
    private final String ad;
    private final String sting;

    private final List<Integer> packetMillis;

    Studio(Profile profile, int seconds) throws IOException, InterruptedException {
      this(profile, seconds, List.of(20, 20, 20));
    }

    /**
     * @param packetMillis of Opus packets in body, ad and sting
     */
    Studio(Profile profile, int seconds, List<Integer> packetMillis)
        throws IOException, InterruptedException {
      this.profile = profile;
      this.packetMillis = packetMillis;
      Buckets buckets = buckets();
      store = buckets.pieces();
      shelf = new PieceShelf(buckets.pieces(), buckets.published());
      body = shelve(Segment.Kind.BODY, seconds + 0.123, 1);
      ad = shelve(Segment.Kind.AD, 7.3, 2);
      sting = shelve(Segment.Kind.INTRO, 2.9, 3);
    }

    DraftEpisode draft(
        @Nullable String intro,
        @Nullable String pre,
        SortedMap<Duration, String> mids,
        @Nullable String post,
        @Nullable String outro) {
      return new DraftEpisode(profile, intro, pre, body, mids, post, outro, List.of());
    }

    private String shelve(Segment.Kind kind, double seconds, int number)
        throws IOException, InterruptedException {
      Path file = folder.resolve(profile.name() + "-" + number + "." + profile.codec().extension());
      List<String> command =
          tools.ffmpegCommand(
              "-f",
              "lavfi",
              "-i",
              ("aevalsrc='0.3*sin(2*PI*%d*t)*gt(sin(2*PI*3*t),-0.5)':s=44100[a];"
                      + "anoisesrc=r=44100:color=pink:a=0.3:seed=%d[b];[a][b]amerge=inputs=2")
                  .formatted(200 * number, number),
              "-t",
              Double.toString(seconds),
              "-ac",
              Integer.toString(profile.channels()));
      command.addAll(
          switch (profile.rate()) {
            case Profile.Rate.Bitrate(int kbps) -> List.of("-b:a", kbps + "k");
            case Profile.Rate.Quality(int level) -> List.of("-q:a", Integer.toString(level));
            case Profile.Rate.Lossless _ -> List.<String>of();
          });
      // Its noise substitution makes up other noise each time, so a decoder would differ from
      // itself.
      command.addAll(
          switch (profile.codec()) {
            case AAC -> List.of("-c:a", "aac", "-aac_pns", "0");
            case MP3 -> List.of("-c:a", "libmp3lame", "-compression_level", "9");
            case OPUS -> {
              String length = Integer.toString(packetMillis.get(number - 1));
              yield List.of("-c:a", "libopus", "-ar", "48000", "-frame_duration", length);
            }
            case FLAC -> List.of("-c:a", "flac", "-sample_fmt", "s16");
            case WAV -> throw new IllegalArgumentException("no episodes are made of WAV");
          });
      command.add(file.toString());
      Tools.run(command);
      return shelf.shelve(file, kind, profile);
    }

    /** Publishes an episode and has it judged. */
    Stitched.File check(DraftEpisode draft, String name) throws IOException, InterruptedException {
      Stitched.File planned = shelf.plan(draft);
      String key = "media/talk/" + name;
      shelf.publish(key, draft, planned);
      Path file =
          shelf.fetch(key, folder.resolve("made-" + name + "." + profile.codec().extension()));
      assertThat(Files.size(file)).isEqualTo(planned.bytes().length());
      Timeline timeline = planned.timeline();

      int settles =
          switch (profile.codec()) {
            case MP3, AAC, WAV -> -1;
            case OPUS -> OPUS_SETTLES;
            case FLAC -> 0;
          };
      SameSamples.Found found =
          new SameSamples(tools, profile.channels(), settles).compare(file, timeline, shelf::file);
      if (profile.codec() == Codec.OPUS) {
        assertThat(found.greatest()).as(found.where().toString()).isLessThan(OPUS_TOLERANCE);
      } else {
        assertThat(found.where()).as(draft.toString()).isEmpty();
      }
      // ffmpeg plays the padding in the last unit of every M4A, its own ones too.
      long padding = profile.codec() == Codec.AAC ? 1_023 : 0;
      assertThat(found.samples()).isBetween(timeline.samples(), timeline.samples() + padding);
      assertThat(found.compared()).isGreaterThan(found.samples() * 98 / 100);

      switch (profile.codec()) {
        case MP3 -> {
          assertThat(tools.packets(file)).isEqualTo(timeline.frames());
          judgeMp3(file, timeline);
        }
        case AAC, WAV -> assertThat(tools.packets(file)).isEqualTo(timeline.frames());
        case OPUS -> {
          try (FileSource source = FileSource.open(file)) {
            OpusStream stream = OpusStream.read(source).orThrow();
            assertThat(tools.packets(file)).isEqualTo(stream.packets());
            assertThat(stream.totalSamples()).isEqualTo(timeline.frames() * OpusPiece.UNIT_SAMPLES);
          }
          Programs.require("opusinfo");
          assertThat(Tools.run(List.of("opusinfo", file.toString()))).doesNotContain("WARNING");
        }
        case FLAC -> {
          for (LaidSegment laid : timeline.segments()) {
            long cue = Math.round(laid.segment().from().toNanos() * 44_100 / 1e9);
            assertThat((long) laid.fromFrame()).isEqualTo(cue);
          }
          Programs.require("flac");
          Tools.run(List.of("flac", "-t", "-s", file.toString()));
        }
      }
      new Seeking(tools, profile, profile.codec() == Codec.OPUS ? OPUS_TOLERANCE : 0)
          .check(file, timeline);
      Files.delete(file);
      return planned;
    }

    private void judgeMp3(Path file, Timeline timeline) throws IOException, InterruptedException {
      try (FileSource source = FileSource.open(file)) {
        FrameIndex index = Mp3Scanner.scan(source).orThrow().index();
        assertThat((long) index.count()).isEqualTo(timeline.frames());
        assertThat(ReservoirCheck.check(index)).isEmpty();
      }
      Programs.require("mp3val");
      assertThat(Tools.run(List.of("mp3val", file.toString())))
          .contains("INFO")
          .doesNotContain("WARNING")
          .doesNotContain("ERROR");
    }
  }
}
