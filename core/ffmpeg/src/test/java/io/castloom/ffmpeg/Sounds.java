package io.castloom.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes small recordings for tests with ffmpeg itself: tones with slow beats over some noise. */
public final class Sounds {

  /** The programs of this machine. */
  static final Ffmpeg PROGRAMS = programs();

  /** The tools under test. */
  public static final FfmpegTools TOOLS = new FfmpegTools(PROGRAMS);

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
  public static Path make(Path folder, String name, String... coding)
      throws IOException, InterruptedException {
    return make(folder, name, tone(3, 44_100, 2), coding);
  }

  /** Makes a file of an input. */
  public static Path make(Path folder, String name, List<String> input, String... coding)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> all = new ArrayList<>(input);
    all.addAll(List.of(coding));
    all.add(file.toString());
    ffmpeg(folder, all);
    return file;
  }

  /**
   * A WAV that changes as talk does: syllables of a buzz with a formant, hisses and pauses.
   * Encoders treat steady tones specially, so they are no test of segments.
   */
  public static Path talk(Path file, double seconds, int rate, int channels, long seed)
      throws IOException {
    java.util.Random random = new java.util.Random(seed);
    int length = (int) (seconds * rate);
    java.nio.ByteBuffer wav = java.nio.ByteBuffer.allocate(44 + length * channels * 2);
    wav.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    wav.putInt(36 + length * channels * 2);
    wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    wav.putInt(16).putShort((short) 1).putShort((short) channels).putInt(rate);
    wav.putInt(rate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
    wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    wav.putInt(length * channels * 2);
    int left = 0;
    int whole = 1;
    double gain = 0;
    double pitch = 100;
    double formant = 500;
    double hiss = 0;
    for (int i = 0; i < length; i++) {
      if (left-- == 0) {
        whole = left = rate / 12 + random.nextInt(rate / 5);
        gain = random.nextInt(5) == 0 ? 0 : 2_000 + random.nextInt(9_000);
        hiss = random.nextInt(3) == 0 ? 0.4 : 0.02;
        pitch = 80 + random.nextInt(160);
        formant = 300 + random.nextInt(2_500);
      }
      double t = i / (double) rate;
      double envelope = Math.sin(Math.PI * (whole - left) / (whole + 1.0));
      double buzz = Math.pow(Math.abs(Math.sin(Math.PI * pitch * t)), 10);
      double value = buzz * Math.sin(2 * Math.PI * formant * t) + hiss * random.nextGaussian();
      for (int c = 0; c < channels; c++) {
        double side = gain * envelope * value * (c == 0 ? 1 : 0.8) + random.nextGaussian() * 15;
        wav.putShort((short) Math.clamp(Math.round(side), -32_768, 32_767));
      }
    }
    return Files.write(file, wav.array());
  }

  /** Runs ffmpeg without a cage of formats and gives its standard error. */
  public static String ffmpeg(Path folder, List<String> arguments)
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
  public static short[] samples(Path folder, Path file) throws IOException, InterruptedException {
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
