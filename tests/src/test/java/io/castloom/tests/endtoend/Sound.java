package io.castloom.tests.endtoend;

import io.castloom.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a decoder hears in a file. */
final class Sound {

  private static final Pattern LEVEL = Pattern.compile("mean_volume: (-?[0-9.]+) dB");
  private static final Pattern SAMPLES = Pattern.compile("n_samples: (\\d+)");

  private final Ffmpeg ffmpeg;

  Sound() throws IOException, InterruptedException {
    this.ffmpeg = Ffmpeg.find(System.getenv());
  }

  /**
   * @param samples of all channels together
   * @param meanDb mean level in dBFS
   */
  record Heard(long samples, double meanDb) {}

  /** Decodes all of it; any warning of the decoder is an error. */
  Heard hear(Path file) throws IOException, InterruptedException {
    String said = run("-xerror", "-i", file.toString(), "-af", "volumedetect", "-f", "null", "-");
    return new Heard(Long.parseLong(find(SAMPLES, said)), Double.parseDouble(find(LEVEL, said)));
  }

  /** Makes a file from others. */
  Path make(Path target, String... args) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(target.toString());
    run(all.toArray(String[]::new));
    return target;
  }

  private String run(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-nostdin", "-hide_banner", "-y"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("ffmpeg: " + said);
    }
    return said;
  }

  private static String find(Pattern pattern, String text) {
    // A filter that is set up anew in the middle tells its figures twice; the last ones count.
    String last = "";
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      last = matcher.group(1);
    }
    if (last.isEmpty()) {
      throw new AssertionError("ffmpeg did not say " + pattern + ": " + text);
    }
    return last;
  }
}
