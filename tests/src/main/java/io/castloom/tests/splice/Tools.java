package io.castloom.tests.splice;

import io.castloom.ffmpeg.Ffmpeg;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Other people's programs. */
public final class Tools {

  private final Ffmpeg ffmpeg;

  public Tools() throws IOException, InterruptedException {
    this.ffmpeg = Ffmpeg.find(System.getenv());
  }

  /** Runs ffmpeg; any warning of its is an error. Gives what it wrote to its output. */
  public String ffmpeg(String... arguments) throws IOException, InterruptedException {
    return run(ffmpegCommand(arguments));
  }

  /** An ffmpeg command line that only speaks of what is wrong. */
  public List<String> ffmpegCommand(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(ffmpeg.ffmpeg().toString(), "-v", "warning", "-nostdin", "-y", "-xerror"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs ffprobe. */
  public String ffprobe(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ffmpeg.ffprobe().toString(), "-v", "error"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** How many packets ffprobe counts in the audio stream. */
  public long packets(Path file) throws IOException, InterruptedException {
    return Long.parseLong(
        ffprobe(
                "-count_packets",
                "-select_streams",
                "a:0",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0",
                file.toString())
            .strip()
            .replace(",", ""));
  }

  /** Whether a judge is on the path; with CASTLOOM_REQUIRE_JUDGES=true its absence is an error. */
  public static boolean found(String program) {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!found && "true".equals(System.getenv("CASTLOOM_REQUIRE_JUDGES"))) {
      throw new IllegalStateException(program + " is required as a judge");
    }
    return found;
  }

  /** A program that must end well; gives all that it said. */
  public static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
