package io.castloom.tests.bench;

import io.castloom.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recordings of any length out of the demo's: talk with some music under it, in stereo. */
final class BenchSound {

  private static final String DEMO = "/io/castloom/local/demo/";

  private final Path ffmpeg;
  private final Path talk;
  private final Path music;

  BenchSound(Path folder) throws IOException, InterruptedException {
    ffmpeg = Ffmpeg.find(System.getenv()).ffmpeg();
    talk = resource("harbour-lights.mp2", folder);
    music = resource("intro.mp3", folder);
  }

  private static Path resource(String name, Path folder) throws IOException {
    try (InputStream in = BenchSound.class.getResourceAsStream(DEMO + name)) {
      if (in == null) {
        throw new IOException("the demo's recording " + name + " is missing");
      }
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  /** A recording at 44.1 kHz, coded as its name says; another start for another number. */
  Path make(Path file, double seconds, int number) throws IOException, InterruptedException {
    String length = String.format(Locale.ROOT, "%.3f", seconds);
    String mix =
        "[0:a]atrim=start=%d,asetpts=N/SR/TB,pan=stereo|c0=c0|c1=0.8*c0[t];[1:a]volume=0.3[m];"
                .formatted(number % 30)
            + "[t][m]amix=inputs=2:normalize=0,aformat=sample_fmts=s16[o]";
    run(
        List.of(
            "-stream_loop",
            "-1",
            "-i",
            talk.toString(),
            "-stream_loop",
            "-1",
            "-i",
            music.toString(),
            "-filter_complex",
            mix,
            "-map",
            "[o]",
            "-t",
            length,
            "-ar",
            "44100",
            "-b:a",
            "192k",
            file.toString()));
    return file;
  }

  /** A digest of all the samples that a file decodes to. */
  String samples(Path file) throws IOException, InterruptedException {
    return run(
        List.of("-i", file.toString(), "-map", "0:a", "-c:a", "pcm_s16le", "-f", "md5", "-"));
  }

  private String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.toString(), "-v", "error", "-nostdin", "-y"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("ffmpeg: " + said);
    }
    return said.strip();
  }
}
