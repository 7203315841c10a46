package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.FfmpegTools;
import io.castloom.service.stitch.PieceNeed;
import io.castloom.service.stitch.Stitched;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stored pieces whose frames cannot stand beside the others' are encoded once more, and said. */
class EncodedAgainTest {
  @TempDir Path folder;

  private final Tools tools = new Tools();
  private final FfmpegTools encoder = new FfmpegTools(Ffmpeg.find(System.getenv()));
  private final PieceShelf shelf =
      new PieceShelf(
          new MemoryObjectStore("private", InstantSource.system()),
          new MemoryObjectStore("public", InstantSource.system()));

  EncodedAgainTest() throws Exception {}

  @ParameterizedTest
  @CsvSource({
    "flac,     -sample_fmt s32 -ar 44100 -ac 2, 24 bits",
    "flac,     -ar 48000 -ac 2,                 '48000 Hz'",
    "opus-64,  -c:a libopus -ac 1 -f ogg,       1 channel",
    "mp3-128,  -c:a libmp3lame -ar 48000 -ac 2 -id3v2_version 0, '48000 Hz'",
    "aac-128,  -ar 44100 -ac 1 -f ipod,         1 channel"
  })
  void a_piece_of_another_form_is_made_again(String format, String coding, String reason)
      throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get(format)).withLoudness(-16);
    Path recording = sound("body.wav", "sine=f=300:r=44100:d=30", "-ac", "2");
    Path other =
        sound("other." + profile.codec().extension(), "sine=f=300:d=30", coding.split(" "));
    String body = shelf.shelve(other, Segment.Kind.BODY, profile);
    Path ad = sound("ad.wav", "sine=f=500:r=44100:d=5", "-ac", "2");
    String spot = shelf.shelve(made(ad, profile, PieceNeed.EDGE), Segment.Kind.AD, profile);
    DraftEpisode draft = episode(profile, body, spot);

    Stitched first = shelf.stitch(draft);

    assertThat(first).isInstanceOf(Stitched.Missing.class);
    List<PieceNeed> needs = ((Stitched.Missing) first).pieces();
    assertThat(needs).extracting(PieceNeed::original).containsExactly(body);
    PieceNeed need = needs.getFirst();
    assertThat(need.misfit()).contains("is stored as").contains(reason);
    assertThat(need.conforming()).isEqualTo(new Conforming(Duration.ZERO, true));
    shelf.shelve(body, made(recording, profile, Duration.ZERO), need, profile);

    Stitched.File file = shelf.plan(draft);

    assertThat(file.again()).isEqualTo(Map.of(body, need.misfit()));
    shelf.publish("media/talk/again", draft, file);
    Path episode =
        shelf.fetch("media/talk/again", folder.resolve("x." + profile.codec().extension()));
    tools.ffmpeg("-i", episode.toString(), "-f", "null", "-");
  }

  @Test
  void opus_packets_of_other_lengths_stand_in_one_stream_as_they_are() throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("opus-64")).withLoudness(-16);
    Path body = sound("body.opus", "sine=f=300:d=30", coded("-frame_duration 60"));
    Path ad = sound("ad.opus", "sine=f=500:d=5", coded("-frame_duration 10"));
    DraftEpisode draft =
        episode(
            profile,
            shelf.shelve(body, Segment.Kind.BODY, profile),
            shelf.shelve(ad, Segment.Kind.AD, profile));

    Stitched.File file = shelf.plan(draft);

    assertThat(file.again()).isEmpty();
    shelf.publish("media/talk/lengths", draft, file);
    Path episode = shelf.fetch("media/talk/lengths", folder.resolve("lengths.opus"));
    tools.ffmpeg("-i", episode.toString(), "-f", "null", "-");
    Programs.require("opusinfo");
    assertThat(Tools.run(List.of("opusinfo", episode.toString()))).doesNotContain("WARNING");
  }

  private static String[] coded(String lengths) {
    return ("-c:a libopus -ac 2 -f ogg " + lengths).split(" ");
  }

  @Test
  void pieces_that_all_share_another_form_are_left_as_they_are() throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("flac")).withLoudness(-16);
    String deep = "-sample_fmt s32 -ar 44100 -ac 2";
    Path body = sound("body.flac", "sine=f=300:d=30", deep.split(" "));
    Path ad = sound("ad.flac", "sine=f=500:d=5", deep.split(" "));
    DraftEpisode draft =
        episode(
            profile,
            shelf.shelve(body, Segment.Kind.BODY, profile),
            shelf.shelve(ad, Segment.Kind.AD, profile));

    assertThat(shelf.plan(draft).again()).isEmpty();
  }

  @Test
  void a_piece_that_stays_unfit_is_said_with_both_forms() throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("flac")).withLoudness(-16);
    Path deep = sound("body.flac", "sine=f=300:d=30", "-sample_fmt", "s32", "-ac", "2");
    String body = shelf.shelve(deep, Segment.Kind.BODY, profile);
    Path ad = sound("ad.wav", "sine=f=500:r=44100:d=5", "-ac", "2");
    DraftEpisode draft =
        episode(
            profile,
            body,
            shelf.shelve(made(ad, profile, PieceNeed.EDGE), Segment.Kind.AD, profile));
    PieceNeed need = ((Stitched.Missing) shelf.stitch(draft)).pieces().getFirst();
    shelf.shelve(body, deep, need, profile);

    assertThat(shelf.stitch(draft))
        .isInstanceOfSatisfying(
            Stitched.Impossible.class,
            impossible ->
                assertThat(impossible.reasons().getFirst())
                    .contains(body)
                    .contains("24 bits")
                    .contains("encoded again"));
  }

  private static DraftEpisode episode(Profile profile, String body, String ad) {
    TreeMap<Duration, String> mids = new TreeMap<>(Map.of(Duration.ofSeconds(15), ad));
    return new DraftEpisode(profile, null, ad, body, mids, null, null, List.of());
  }

  private Path sound(String name, String source, String... coding) throws Exception {
    Path file = folder.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
    for (String argument : coding) {
      if (!argument.isBlank()) {
        arguments.add(argument);
      }
    }
    arguments.add(file.toString());
    tools.ffmpeg(arguments.toArray(String[]::new));
    return file;
  }

  private Path made(Path recording, Profile profile, Duration fade) throws Exception {
    if (!(encoder.probe(recording, recording.getFileName().toString())
        instanceof ProbeOutcome.Recognised recognised)) {
      throw new AssertionError(recording + " is not recognised");
    }
    Path piece = folder.resolve(recording.getFileName() + "." + profile.codec().extension());
    EncodeRequest request = new EncodeRequest(recording, recognised.media(), profile, -3, piece);
    assertThat(encoder.conform(request, fade, _ -> {})).isInstanceOf(EncodeOutcome.Encoded.class);
    return piece;
  }
}
