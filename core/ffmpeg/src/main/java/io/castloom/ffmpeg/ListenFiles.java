package io.castloom.ffmpeg;

import io.castloom.domain.media.Listening;
import io.castloom.domain.media.StageTools.Span;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a listening run left in its folder. A part is heard from three seconds before its
 * start on, so that its first short-term value is what it would be in the whole sound; what belongs
 * to those seconds is dropped here.
 */
final class ListenFiles {

  private static final long PRE_ROLL_MICROS = 3_000_000;
  private static final int PER_PAIR = Arguments.PEAKS_RATE / Listening.PEAKS_PER_SECOND;

  private final Path folder;
  private final @Nullable Span span;
  private final long droppedMicros;

  ListenFiles(Path folder, @Nullable Span span) {
    this.folder = folder;
    this.span = span;
    this.droppedMicros = span == null ? 0 : Math.min(PRE_ROLL_MICROS, span.fromMicros());
  }

  /** The span with its pre-roll. */
  @Nullable Span early() {
    if (span == null) {
      return null;
    }
    long length = span.lengthMicros();
    return new Span(
        span.fromMicros() - droppedMicros, length < 0 ? length : length + droppedMicros);
  }

  Listening read() throws IOException {
    Values stereo = values(folder.resolve(Arguments.STEREO_TEXT));
    Values mono = values(folder.resolve(Arguments.MONO_TEXT));
    int blocks = (int) (droppedMicros * Listening.LOUDNESS_PER_SECOND / 1_000_000);
    int count = Math.min(stereo.count, mono.count);
    Path raw = folder.resolve(Arguments.PEAKS_RAW);
    long dropped = droppedMicros * Arguments.PEAKS_RATE / 1_000_000;
    long samples = Math.max(0, Files.size(raw) / 2 - dropped);
    return new Listening(
        cut(stereo.momentary, blocks, count),
        cut(stereo.shortTerm, blocks, count),
        cut(mono.momentary, blocks, count),
        stereo.peak > 0 ? 20 * Math.log10(stereo.peak) : Listening.SILENT_DBTP,
        peaks(raw, dropped, samples),
        samples / (double) Arguments.PEAKS_RATE);
  }

  private static float[] cut(float[] values, int from, int to) {
    return Arrays.copyOfRange(values, Math.min(from, to), to);
  }

  private static final class Values {
    private float[] momentary = new float[1024];
    private float[] shortTerm = new float[1024];
    private int count;
    private double peak;

    private void line(String line) {
      if (line.startsWith("frame:")) {
        count++;
        if (count > momentary.length) {
          momentary = Arrays.copyOf(momentary, count * 2);
          shortTerm = Arrays.copyOf(shortTerm, count * 2);
        }
      } else if (line.startsWith("lavfi.r128.M=")) {
        momentary[count - 1] = Float.parseFloat(line.substring(13));
      } else if (line.startsWith("lavfi.r128.S=")) {
        shortTerm[count - 1] = Float.parseFloat(line.substring(13));
      } else if (line.startsWith("lavfi.r128.true_peak=")) {
        peak = Math.max(peak, Double.parseDouble(line.substring(21)));
      }
    }
  }

  private static Values values(Path file) throws IOException {
    Values values = new Values();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        values.line(line);
      }
    } catch (NumberFormatException e) {
      throw new IOException("ffmpeg wrote an unreadable loudness: " + e.getMessage(), e);
    }
    return values;
  }

  private static byte[] peaks(Path raw, long dropped, long samples) throws IOException {
    byte[] peaks = new byte[(int) ((samples + PER_PAIR - 1) / PER_PAIR * 2)];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(raw), 1 << 16)) {
      in.skipNBytes(dropped * 2);
      byte[] block = new byte[PER_PAIR * 2];
      for (int at = 0; at < peaks.length; at += 2) {
        int length = in.readNBytes(block, 0, block.length);
        int least = 0;
        int most = 0;
        for (int i = 0; i + 1 < length; i += 2) {
          int sample = (block[i] & 0xff) | block[i + 1] << 8;
          least = Math.min(least, sample);
          most = Math.max(most, sample);
        }
        peaks[at] = (byte) (least >> 8);
        peaks[at + 1] = (byte) (most >> 8);
      }
    }
    return peaks;
  }

  /** Removes a folder and the files in it. */
  static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
