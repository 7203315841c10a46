package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Listening;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools.ListenOutcome;
import io.castloom.domain.media.StageTools.Span;
import io.castloom.domain.media.StageTools.UnpackOutcome;
import io.castloom.domain.media.StandardProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recording that was encoded or measured in parts is what it would be in one piece. */
final class SegmentsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp3-128,44100,95.7,3",
    "mp3-192,48000,61.3,2",
    "mp3-64-mono,44100,80,3",
    "mp3-v4,44100,60,2"
  })
  void segments_joined_decode_to_the_samples_of_a_single_pass(
      String name, int rate, double seconds, int parts) throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get(name));
    Path wav = Sounds.talk(folder.resolve("in.wav"), seconds, rate, 2, 7);
    SourceMedia media = media(wav);
    Path single = folder.resolve("single.mp3");
    encoded(Sounds.TOOLS.encode(request(wav, media, profile, single), s -> {}));

    Path joined = folder.resolve("joined.mp3");
    Segments.Result result =
        new Segments(folder, wav, media, profile).join(parts, ChunkJoiner.Proof.SAMPLES, joined);
    if (result.outcome() instanceof ChunkJoiner.Outcome.NoSeam
        && profile.rate() instanceof Profile.Rate.Quality) {
      return; // a variable bit rate may not promise this; the next test takes what it can
    }
    assertThat(result.outcome()).isInstanceOf(ChunkJoiner.Outcome.Joined.class);
    assertThat(Sounds.samples(folder, joined)).isEqualTo(Sounds.samples(folder, single));
  }

  @Test
  void parts_are_heard_as_the_whole_is() throws Exception {
    Path wav = Sounds.make(folder, "in.wav", Sounds.tone(40, 44_100, 2));
    SourceMedia media = media(wav);
    Listening whole = heard(Sounds.TOOLS.listen(wav, media, null, folder, s -> {}));
    List<Listening> parts = new ArrayList<>();
    for (Span span :
        List.of(
            new Span(0, 13_000_000), new Span(13_000_000, 14_000_000), new Span(27_000_000, -1))) {
      parts.add(heard(Sounds.TOOLS.listen(wav, media, span, folder, s -> {})));
    }
    Listening joined = Listening.decode(Listening.join(parts).encode());
    assertThat(whole.seconds()).isCloseTo(40, within(0.001));
    assertThat(joined.seconds()).isCloseTo(40, within(0.001));
    Analysis one = whole.judge();
    Analysis all = joined.judge();
    assertThat(all.integratedLufs()).isCloseTo(one.integratedLufs(), within(0.05));
    assertThat(all.monoLufs()).isCloseTo(one.monoLufs(), within(0.05));
    assertThat(all.rangeLu()).isCloseTo(one.rangeLu(), within(0.05));
    assertThat(all.truePeakDbtp()).isCloseTo(one.truePeakDbtp(), within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"mp3-128,2", "mp3-192,1", "mp3-64-mono,2", "aac-128,2", "opus-64,2", "flac,1"})
  void a_rendition_is_brought_to_its_loudness(String name, int channels) throws Exception {
    Path wav = Sounds.make(folder, "in.wav", Sounds.tone(15, 44_100, channels));
    SourceMedia media = media(wav);
    Profile plain = Objects.requireNonNull(StandardProfiles.ALL.get(name));
    double target = plain.channels() == 1 ? -23 : -20;
    Profile profile = plain.withLoudness(target);
    Analysis before = heard(Sounds.TOOLS.listen(wav, media, null, folder, s -> {})).judge();
    Path out = folder.resolve("out." + profile.codec().extension());
    double gain = before.gainDb(profile);
    encoded(Sounds.TOOLS.encode(new EncodeRequest(wav, media, profile, gain, out), s -> {}));
    Analysis after = heard(Sounds.TOOLS.listen(out, media(out), null, folder, s -> {})).judge();
    Double loudness = profile.channels() == 1 ? after.monoLufs() : after.integratedLufs();
    assertThat(loudness).isCloseTo(target, within(0.3));
    assertThat(after.truePeakDbtp()).isLessThanOrEqualTo(Analysis.CEILING_DBTP);
  }

  @Test
  void the_true_peak_limits_the_gain() throws Exception {
    Path wav = Sounds.make(folder, "in.wav", Sounds.tone(10, 44_100, 2));
    Analysis analysis = heard(Sounds.TOOLS.listen(wav, media(wav), null, folder, s -> {})).judge();
    Profile loud = Objects.requireNonNull(StandardProfiles.ALL.get("flac")).withLoudness(-5);
    assertThat(analysis.truePeakDbtp() + analysis.gainDb(loud)).isCloseTo(-1, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"a.mp3,libmp3lame", "a.m4a,aac", "a.ogg,vorbis -strict -2", "a.mp2,mp2"})
  void a_compressed_original_is_unpacked_to_its_exact_samples(String name, String codec)
      throws Exception {
    List<String> coding = new ArrayList<>(List.of("-c:a"));
    coding.addAll(List.of(codec.split(" ")));
    Path file = Sounds.make(folder, name, coding.toArray(String[]::new));
    Path flac = folder.resolve("unpacked.flac");
    UnpackOutcome outcome = Sounds.TOOLS.unpack(file, media(file), flac, s -> {});
    assertThat(outcome).isInstanceOf(UnpackOutcome.Unpacked.class);
    SourceMedia media = ((UnpackOutcome.Unpacked) outcome).media();
    assertThat(media.seekExact()).isTrue();
    short[] samples = Sounds.samples(folder, flac);
    assertThat(media.samples()).isEqualTo(samples.length / 2);
    assertThat(samples.length).isEqualTo(Sounds.samples(folder, file).length);
  }

  @Test
  void a_conformed_sound_begins_and_ends_in_silence() throws Exception {
    Path wav = Sounds.make(folder, "ad.wav");
    SourceMedia media = media(wav);
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("flac"));
    Path out = folder.resolve("ad.flac");
    encoded(
        Sounds.TOOLS.conform(
            request(wav, media, profile, out), java.time.Duration.ofMillis(5), s -> {}));
    short[] samples = Sounds.samples(folder, out);
    assertThat(samples.length).isEqualTo(Sounds.samples(folder, wav).length);
    assertThat(Math.abs(samples[0])).isLessThan((short) 4);
    assertThat(Math.abs(samples[samples.length - 1])).isLessThan((short) 60);
  }

  private static EncodeRequest request(Path in, SourceMedia media, Profile profile, Path out) {
    return new EncodeRequest(in, media, profile, 0, out);
  }

  private static SourceMedia media(Path file) throws Exception {
    ProbeOutcome outcome = Sounds.TOOLS.probe(file, file.toString());
    assertThat(outcome).isInstanceOf(ProbeOutcome.Recognised.class);
    return ((ProbeOutcome.Recognised) outcome).media();
  }

  private static void encoded(EncodeOutcome outcome) {
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
  }

  private static Listening heard(ListenOutcome outcome) {
    assertThat(outcome).isInstanceOf(ListenOutcome.Heard.class);
    return ((ListenOutcome.Heard) outcome).listening();
  }
}
