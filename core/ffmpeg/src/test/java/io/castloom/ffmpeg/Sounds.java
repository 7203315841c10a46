package io.castloom.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes small recordings for tests with ffmpeg itself: tones with slow beats over some noise. */
final class Sounds {

  static final Ffmpeg PROGRAMS = programs();
  static final FfmpegTools TOOLS = new FfmpegTools(PROGRAMS);

  private Sounds() {}

  private static Ffmpeg programs() {
    try {
      return Ffmpeg.find(System.getenv());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A generated input of this length. */
  static List<String> tone(double seconds, int rate, int channels) {
    String left = "0.3*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*0.7*t))+0.02*(random(0)-0.5)";
    String right = "0.3*sin(2*PI*331*t)*(0.6+0.4*sin(2*PI*0.9*t))+0.02*(random(1)-0.5)";
    List<String> sides = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      sides.add(c % 2 == 0 ? left : right);
    }
    return List.of(
        "-f",
        "lavfi",
        "-t",
        Double.toString(seconds),
        "-i",
        "aevalsrc='" + String.join("|", sides) + "':s=" + rate);
  }

  /** Makes a file of 3 s stereo at 44.1 kHz. */
  static Path make(Path folder, String name, String... coding)
      throws IOException, InterruptedException {
    return make(folder, name, tone(3, 44_100, 2), coding);
  }

  static Path make(Path folder, String name, List<String> input, String... coding)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> all = new ArrayList<>(input);
    all.addAll(List.of(coding));
    all.add(file.toString());
    ffmpeg(folder, all);
    return file;
  }

  /** Runs ffmpeg without a cage of formats and gives its standard error. */
  static String ffmpeg(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y"));
    all.addAll(arguments);
    Limits limits =
        new Limits(Duration.ofMinutes(2), Duration.ofMinutes(2), 1L << 32, 1L << 32, folder);
    ToolRun.Ended ended = new ToolRun(limits, PROGRAMS.ffmpeg(), all, line -> {}).run();
    if (!ended.succeeded()) {
      throw new IOException("ffmpeg " + arguments + ": " + ended);
    }
    return ended.stderrTail();
  }

  /** Decodes to 16-bit samples, channels interleaved. */
  static short[] samples(Path folder, Path file) throws IOException, InterruptedException {
    Path raw = folder.resolve(file.getFileName() + ".raw");
    ffmpeg(folder, List.of("-i", file.toString(), "-f", "s16le", raw.toString()));
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    short[] samples = new short[bytes.length / 2];
    java.nio.ByteBuffer.wrap(bytes)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(samples);
    return samples;
  }
}
