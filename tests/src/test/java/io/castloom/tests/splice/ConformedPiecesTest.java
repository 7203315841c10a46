package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.show.Chapter;
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
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of every kind, brought to a show's form as the workers do it, fit together. */
class ConformedPiecesTest {
  private static final double LOUDNESS = -16;

  @TempDir Path folder;

  private final Tools tools = new Tools();
  private final FfmpegTools encoder = new FfmpegTools(Ffmpeg.find(System.getenv()));

  ConformedPiecesTest() throws Exception {}

  @ParameterizedTest
  @ValueSource(strings = {"mp3-128", "aac-128", "opus-64", "flac"})
  void a_deep_mono_body_and_a_lossy_ad_make_one_episode(String format) throws Exception {
    Profile profile =
        Objects.requireNonNull(StandardProfiles.ALL.get(format)).withLoudness(LOUDNESS);
    PieceShelf shelf =
        new PieceShelf(
            new MemoryObjectStore("private", InstantSource.system()),
            new MemoryObjectStore("public", InstantSource.system()));
    Path deep = sound("deep.wav", "sine=f=300:r=96000:d=40", "-c:a", "pcm_s24le", "-ac", "1");
    Path lossy = sound("ad.mp3", "sine=f=500:r=22050:d=8", "-c:a", "libmp3lame", "-ac", "2");
    String body = shelf.shelve(made(deep, profile, Duration.ZERO), Segment.Kind.BODY, profile);
    String ad = shelf.shelve(made(lossy, profile, PieceNeed.EDGE), Segment.Kind.AD, profile);
    TreeMap<Duration, String> mids = new TreeMap<>();
    mids.put(Duration.ofSeconds(20), ad);
    DraftEpisode draft =
        new DraftEpisode(
            profile,
            null,
            null,
            body,
            mids,
            ad,
            null,
            List.of(
                new Chapter(Duration.ZERO, null, "First", null, null, false),
                new Chapter(Duration.ofSeconds(20), null, "Second", null, null, false)));

    Stitched.File file = shelf.plan(draft);
    shelf.publish("media/talk/" + format, draft, file);

    Path episode =
        shelf.fetch("media/talk/" + format, folder.resolve("made." + profile.codec().extension()));
    double seconds =
        Double.parseDouble(
            tools
                .ffprobe("-show_entries", "format=duration", "-of", "csv=p=0", episode.toString())
                .strip());
    assertThat(seconds).isCloseTo(file.timeline().length().toNanos() / 1e9, offset(0.03));
    assertThat(seconds).isBetween(55.9, 56.3);
    List<String> chapters =
        tools
            .ffprobe("-show_entries", "chapter=start_time", "-of", "csv=p=0", episode.toString())
            .lines()
            .toList();
    double second = file.timeline().shift().starts(Duration.ofSeconds(20)).toNanos() / 1e9;
    assertThat(chapters).hasSize(2);
    assertThat(Double.parseDouble(chapters.getLast().replace(",", "")))
        .isCloseTo(second, offset(0.001));
    tools.ffmpeg("-i", episode.toString(), "-f", "null", "-");
  }

  private Path sound(String name, String source, String... coding) throws Exception {
    Path file = folder.resolve(name);
    ArrayList<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
    arguments.addAll(List.of(coding));
    arguments.add(file.toString());
    tools.ffmpeg(arguments.toArray(String[]::new));
    return file;
  }

  private Path made(Path recording, Profile profile, Duration fade) throws Exception {
    if (!(encoder.probe(recording, recording.getFileName().toString())
        instanceof ProbeOutcome.Recognised recognised)) {
      throw new AssertionError(recording + " is not recognised");
    }
    SourceMedia media = recognised.media();
    Path piece = folder.resolve(recording.getFileName() + "." + profile.codec().extension());
    EncodeRequest request = new EncodeRequest(recording, media, profile, -3, piece);
    EncodeOutcome outcome =
        fade.isZero() ? encoder.encode(request, _ -> {}) : encoder.conform(request, fade, _ -> {});
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    return piece;
  }
}
