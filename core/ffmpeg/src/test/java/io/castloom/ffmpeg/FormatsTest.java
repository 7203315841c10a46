package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format that podcasters bring is read, and becomes an MP3 of the same length. */
final class FormatsTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} ({1})")
  @CsvSource(
      delimiter = '|',
      value = {
        "a.wav|wav, 16 bit|-c:a pcm_s16le|wav",
        "a.wav|wav, 8 bit|-c:a pcm_u8|wav",
        "a.wav|wav, 24 bit|-c:a pcm_s24le|wav",
        "a.wav|wav, 32 bit|-c:a pcm_s32le|wav",
        "a.wav|wav, float|-c:a pcm_f32le|wav",
        "a.wav|wav, mu-law|-c:a pcm_mulaw|wav",
        "a.wav|RF64|-c:a pcm_s16le -rf64 always|wav",
        "a.w64|Wave64|-c:a pcm_s16le|w64",
        "a.aiff|AIFF|-c:a pcm_s16be|aiff",
        "a.caf|CAF|-c:a pcm_s16le|caf",
        "a.flac|FLAC|-c:a flac|flac",
        "a.m4a|ALAC|-c:a alac|mov",
        "a.mp2|MP2|-c:a mp2 -b:a 192k|mp3",
        "a.mp3|MP3|-c:a libmp3lame -b:a 128k|mp3",
        "a.mp3|MP3, VBR|-c:a libmp3lame -q:a 4|mp3",
        "a.m4a|AAC in M4A|-c:a aac -b:a 128k|mov",
        "a.aac|ADTS|-c:a aac -b:a 128k|aac",
        "a.opus|Ogg Opus|-c:a libopus|ogg",
        "a.ogg|Ogg Vorbis|-c:a vorbis -strict -2|ogg",
        "a.webm|WebM|-c:a libopus|matroska",
        "a.mkv|MKV|-c:a flac|matroska",
        "a.mp4|MP4|-c:a aac|mov",
        "a.ac3|AC-3|-c:a ac3|ac3",
        "a.wma|WMA|-c:a wmav2|asf",
      })
  void a_recording_of_every_format_becomes_an_mp3_of_its_length(
      String name, String what, String coding, String container) throws Exception {
    Path file = Sounds.make(folder, name, coding.split(" "));
    SourceMedia media = recognised(file);
    assertThat(media.container()).as(what).isEqualTo(container);
    assertThat(media.sampleRate()).isIn(44_100, 48_000);
    assertThat(media.channels()).isEqualTo(2);
    assertThat(media.duration().toMillis()).isCloseTo(3000, within(120L));

    Path out = encode(file, media, "mp3-128");
    // Lossy sources bring their own padding along.
    assertThat(Sounds.samples(folder, out).length / 2)
        .as(what)
        .isCloseTo(3 * 44_100, within(5_000));
  }

  @Test
  void mp2_to_mp3_keeps_the_sound() throws Exception {
    Path mp2 = Sounds.make(folder, "broadcast.mp2", "-c:a", "mp2", "-b:a", "256k");
    SourceMedia media = recognised(mp2);
    assertThat(media.codec()).isEqualTo("mp2");
    short[] before = Sounds.samples(folder, mp2);
    short[] after = Sounds.samples(folder, encode(mp2, media, "mp3-128"));
    assertThat(after.length).isEqualTo(before.length);
    // LAME itself scales by 0.95 at this bit rate.
    assertThat(rms(after)).isCloseTo(rms(before), within(0.06 * rms(before)));
    assertThat(correlation(before, after)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({
    "mp3-128,mp3",
    "mp3-v4,mp3",
    "mp3-64-mono,mp3",
    "aac-128,m4a",
    "opus-64,opus",
    "flac,flac",
    "voice,flac"
  })
  void every_standard_profile_is_written(String profile, String extension) throws Exception {
    Path wav = Sounds.make(folder, "in.wav");
    Path out = encode(wav, recognised(wav), profile);
    SourceMedia rendition = recognised(out);
    var wanted = Objects.requireNonNull(StandardProfiles.ALL.get(profile));
    assertThat(out.toString()).endsWith(extension);
    assertThat(rendition.sampleRate()).isEqualTo(wanted.sampleRate());
    assertThat(rendition.channels()).isEqualTo(wanted.channels());
    assertThat(rendition.duration().toMillis()).isCloseTo(3000, within(80L));
  }

  @Test
  void a_mono_recording_keeps_its_level_on_both_sides() throws Exception {
    Path mono = Sounds.make(folder, "mono.wav", Sounds.tone(2, 44_100, 1));
    short[] before = Sounds.samples(folder, mono);
    short[] both = Sounds.samples(folder, encode(mono, recognised(mono), "flac"));
    for (int i = 0; i < before.length; i++) {
      assertThat(both[2 * i]).isEqualTo(before[i]);
      assertThat(both[2 * i + 1]).isEqualTo(before[i]);
    }
  }

  @Test
  void more_than_two_channels_are_mixed_down_and_that_is_said() throws Exception {
    Path six = Sounds.make(folder, "six.wav", Sounds.tone(2, 48_000, 6), "-ac", "6");
    SourceMedia media = recognised(six);
    assertThat(media.channels()).isEqualTo(6);
    assertThat(media.notes()).anySatisfy(note -> assertThat(note).contains("mixed"));
    assertThat(Sounds.samples(folder, encode(six, media, "mp3-128")).length / 2)
        .isCloseTo(2 * 44_100, within(2));
  }

  @Test
  void of_several_tracks_the_default_one_is_taken_and_that_is_said() throws Exception {
    Path two = folder.resolve("two.mkv");
    var arguments = new java.util.ArrayList<>(Sounds.tone(2, 44_100, 1));
    arguments.addAll(Sounds.tone(2, 22_050, 1));
    arguments.addAll(
        java.util.List.of(
            "-map",
            "0",
            "-map",
            "1",
            "-c:a",
            "flac",
            "-disposition:a:0",
            "0",
            "-disposition:a:1",
            "default",
            two.toString()));
    Sounds.ffmpeg(folder, arguments);
    SourceMedia media = recognised(two);
    assertThat(media.track()).isEqualTo(1);
    assertThat(media.sampleRate()).isEqualTo(22_050);
    assertThat(media.notes()).anySatisfy(note -> assertThat(note).contains("track 2"));
  }

  @Test
  void the_sound_of_a_video_is_taken() throws Exception {
    Path video = folder.resolve("video.mp4");
    var arguments = new java.util.ArrayList<>(Sounds.tone(3, 44_100, 2));
    arguments.addAll(
        java.util.List.of(
            "-f",
            "lavfi",
            "-t",
            "3",
            "-i",
            "testsrc=s=64x64",
            "-c:v",
            "mpeg4",
            "-c:a",
            "aac",
            video.toString()));
    Sounds.ffmpeg(folder, arguments);
    Path out = encode(video, recognised(video), "mp3-128");
    assertThat(Sounds.samples(folder, out).length / 2).isCloseTo(3 * 44_100, within(5_000));
  }

  @Test
  void an_mp3_with_a_cover_picture_is_read() throws Exception {
    Path png = folder.resolve("cover.png");
    Sounds.ffmpeg(
        folder,
        java.util.List.of(
            "-f", "lavfi", "-i", "testsrc=s=64x64", "-frames:v", "1", png.toString()));
    Path mp3 = folder.resolve("cover.mp3");
    var arguments = new java.util.ArrayList<>(Sounds.tone(3, 44_100, 2));
    arguments.addAll(
        java.util.List.of(
            "-i",
            png.toString(),
            "-map",
            "0",
            "-map",
            "1",
            "-c:v",
            "png",
            "-disposition:v",
            "attached_pic",
            "-c:a",
            "libmp3lame",
            mp3.toString()));
    Sounds.ffmpeg(folder, arguments);
    Path out = encode(mp3, recognised(mp3), "aac-128");
    assertThat(Sounds.samples(folder, out).length / 2).isCloseTo(3 * 44_100, within(5_000));
  }

  @Test
  void a_wav_of_unknown_length_as_recorders_leave_it_is_read_whole() throws Exception {
    Path wav = Sounds.make(folder, "in.wav");
    byte[] bytes = Files.readAllBytes(wav);
    for (int i = 0; i < bytes.length - 8; i++) {
      if (bytes[i] == 'd' && bytes[i + 1] == 'a' && bytes[i + 2] == 't' && bytes[i + 3] == 'a') {
        for (int b = 4; b < 8; b++) {
          bytes[i + b] = (byte) 0xff;
          bytes[b] = (byte) 0xff;
        }
        break;
      }
    }
    Files.write(wav, bytes);
    assertThat(recognised(wav).duration().toMillis()).isCloseTo(3000, within(5L));
  }

  @Test
  void an_mp3_with_rubbish_and_a_tag_before_it_is_read() throws Exception {
    byte[] mp3 =
        Files.readAllBytes(
            Sounds.make(folder, "a.mp3", "-c:a", "libmp3lame", "-metadata", "title=Über uns"));
    byte[] rubbish = new byte[3000];
    new java.util.Random(7).nextBytes(rubbish);
    Path file = folder.resolve("rubbish.mp3");
    byte[] all = new byte[rubbish.length + mp3.length];
    System.arraycopy(rubbish, 0, all, 0, rubbish.length);
    System.arraycopy(mp3, 0, all, rubbish.length, mp3.length);
    Files.write(file, all);
    assertThat(recognised(file).duration().toMillis()).isCloseTo(3000, within(150L));
    assertThat(recognised(folder.resolve("a.mp3")).tags()).containsEntry("title", "Über uns");
  }

  private SourceMedia recognised(Path file) throws Exception {
    ProbeOutcome outcome = Sounds.TOOLS.probe(file, file.getFileName().toString());
    assertThat(outcome).isInstanceOf(ProbeOutcome.Recognised.class);
    return ((ProbeOutcome.Recognised) outcome).media();
  }

  private Path encode(Path file, SourceMedia media, String profile) throws Exception {
    var wanted = Objects.requireNonNull(StandardProfiles.ALL.get(profile));
    Path out = folder.resolve("out." + wanted.codec().extension());
    EncodeOutcome outcome =
        Sounds.TOOLS.encode(new EncodeRequest(file, media, wanted, 0, out), seconds -> {});
    assertThat(outcome).isInstanceOf(EncodeOutcome.Encoded.class);
    assertThat(out).exists();
    assertThat(out.resolveSibling(out.getFileName() + ".part")).doesNotExist();
    return out;
  }

  private static double rms(short[] samples) {
    double sum = 0;
    for (short sample : samples) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }

  private static double correlation(short[] a, short[] b) {
    double ab = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      ab += (double) a[i] * b[i];
    }
    return ab / (rms(a) * rms(b) * Math.min(a.length, b.length));
  }
}
