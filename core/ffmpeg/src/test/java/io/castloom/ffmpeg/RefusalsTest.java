package io.castloom.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.ProbeOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no recording is refused, each thing in its own words; nothing it names is opened. */
final class RefusalsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<!DOCTYPE html><html><head><title>Log in</title></head></html>|web page",
        "<html><body>404</body></html>|web page",
        "#EXTM3U\\n"
            + "#EXT-X-TARGETDURATION:10\\n"
            + "#EXTINF:10,\\n"
            + "file:///etc/passwd\\n"
            + "#EXT-X-ENDLIST|playlist",
        "#EXTM3U\\nhttp://127.0.0.1:9/a.mp3|playlist",
        "ffconcat version 1.0\\nfile '/etc/passwd'|playlist",
        "file '/etc/passwd'|playlist",
        "[playlist]\\nFile1=http://127.0.0.1/a.mp3|playlist",
        "v=0\\no=- 0 0 IN IP4 127.0.0.1\\ns=x\\nm=audio 5004 RTP/AVP 0|description",
        "https://example.org/a.mp3|link",
        "%PDF-1.7 and so on|PDF",
        "Dear listener, this is the transcript.|text",
      })
  void text_is_refused_for_what_it_is(String content, String words) throws Exception {
    assertThat(refusal(content.replace("\\n", "\n").getBytes(UTF_8))).contains(words);
  }

  @Test
  void an_empty_file_is_refused() throws Exception {
    assertThat(refusal(new byte[0])).contains("empty");
  }

  @Test
  void a_zip_is_refused() throws Exception {
    assertThat(refusal(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0})).contains("ZIP");
  }

  @Test
  void zeros_are_refused() throws Exception {
    assertThat(refusal(new byte[100_000])).contains("zeros");
  }

  @Test
  void random_bytes_are_refused() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      byte[] bytes = new byte[200_000];
      new Random(seed).nextBytes(bytes);
      assertThat(refusal(bytes)).as("seed %d", seed).isNotEmpty();
    }
  }

  @Test
  void images_are_refused() throws Exception {
    for (String name : new String[] {"a.png", "a.jpg", "a.gif", "a.bmp"}) {
      Path image = folder.resolve(name);
      Sounds.ffmpeg(
          folder,
          java.util.List.of(
              "-f", "lavfi", "-i", "testsrc=s=64x64:d=1", "-frames:v", "1", image.toString()));
      assertThat(refusal(Files.readAllBytes(image))).as(name).contains("image");
    }
  }

  @Test
  void a_video_without_sound_is_refused() throws Exception {
    Path video = folder.resolve("v.mp4");
    Sounds.ffmpeg(
        folder,
        java.util.List.of(
            "-f", "lavfi", "-i", "testsrc=s=64x64:d=1", "-c:v", "mpeg4", video.toString()));
    assertThat(refusal(Files.readAllBytes(video))).contains("video has no sound");
  }

  @ParameterizedTest
  @CsvSource({"a.wav", "a.aiff", "a.flac", "a.m4a", "a.mp3", "a.mkv", "a.w64"})
  void a_file_that_was_cut_off_is_refused(String name) throws Exception {
    byte[] whole = Files.readAllBytes(Sounds.make(folder, name));
    String reason = refusal(Arrays.copyOf(whole, whole.length * 6 / 10));
    assertThat(reason).containsAnyOf("cut off", "missing");
  }

  @ParameterizedTest
  @CsvSource({"a.wav", "a.aiff", "a.w64"})
  void one_that_was_cut_off_after_its_first_bytes_is_refused_too(String name) throws Exception {
    byte[] whole = Files.readAllBytes(Sounds.make(folder, name));
    assertThat(whole).hasSizeGreaterThan(20_000);
    assertThat(refusal(Arrays.copyOf(whole, 3_000))).containsAnyOf("cut off", "missing");
  }

  @Test
  void a_header_that_claims_gigabytes_is_refused_quickly() throws Exception {
    byte[] tag = new byte[50_000];
    byte[] head = {'I', 'D', '3', 4, 0, 0, 127, 127, 127, 127};
    System.arraycopy(head, 0, tag, 0, head.length);
    assertThat(refusal(tag)).isNotEmpty();
  }

  @Test
  void a_movie_that_points_to_another_file_opens_nothing() throws Exception {
    Path secret = Sounds.make(folder, "secret.wav");
    String text = "RIFF....WAVE list " + secret;
    assertThat(refusal(text.getBytes(UTF_8))).isNotEmpty();
  }

  private String refusal(byte[] bytes) throws Exception {
    Path file = folder.resolve("upload.mp3");
    Files.write(file, bytes);
    ProbeOutcome outcome = Sounds.TOOLS.probe(file, "upload.mp3");
    return switch (outcome) {
      case ProbeOutcome.Refused(String reason) -> reason;
      case ProbeOutcome.Recognised(var media) -> throw new AssertionError("accepted: " + media);
    };
  }
}
