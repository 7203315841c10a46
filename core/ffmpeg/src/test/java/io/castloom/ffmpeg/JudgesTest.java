package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that others wrote find nothing wrong with what is encoded here. */
final class JudgesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp3-128,mp3val",
    "mp3-128,mpg123 -t",
    "mp3-v4,mp3val",
    "mp3-64-mono,mp3val",
    "flac,flac -t -s",
    "voice,flac -t -s",
    "opus-64,opusinfo",
  })
  void no_judge_objects(String profile, String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    assumePresent(words.getFirst());
    words.add(rendition(profile).toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    // A rendition has no tags of its own: they come with the episode.
    String judged =
        said.lines()
            .filter(line -> !line.contains("No supported tags in the file"))
            .collect(Collectors.joining("\n"));
    assertThat(judged).doesNotContainIgnoringCase("warning").doesNotContain("ERROR");
    assertThat(judged).doesNotContain("Frankenstein").doesNotContain("resync");
  }

  @ParameterizedTest
  @CsvSource({"mp3-128", "mp3-v2", "aac-128", "opus-64", "flac", "voice"})
  void ffmpeg_itself_decodes_it_without_a_word(String profile) throws Exception {
    String said =
        Sounds.ffmpeg(
            folder,
            List.of(
                "-v",
                "warning",
                "-xerror",
                "-i",
                rendition(profile).toString(),
                "-f",
                "null",
                "-"));
    assertThat(said).isEmpty();
  }

  /** Continuous integration installs all judges; elsewhere an absent one is passed over, aloud. */
  private static void assumePresent(String program) {
    boolean present = false;
    for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      present |= Files.isExecutable(Path.of(path).resolve(program));
    }
    if ("true".equals(System.getenv("CASTLOOM_REQUIRE_JUDGES"))) {
      assertThat(present).as("%s is installed", program).isTrue();
    }
    assumeTrue(present, program + " is not installed");
  }

  private Path rendition(String name) throws Exception {
    Path wav = Sounds.talk(folder.resolve("in.wav"), 4, 48_000, 2, 11);
    var profile = Objects.requireNonNull(StandardProfiles.ALL.get(name));
    if (!(Sounds.TOOLS.probe(wav, "in.wav")
        instanceof ProbeOutcome.Recognised(SourceMedia media))) {
      throw new AssertionError("not recognised");
    }
    Path out = folder.resolve("out." + profile.codec().extension());
    Sounds.TOOLS.encode(new EncodeRequest(wav, media, profile, 0, out), seconds -> {});
    return out;
  }
}
