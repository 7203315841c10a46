package io.castloom.domain.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * What was heard in a sound or in a part of it, before it is put together and judged. Immutable:
 * arrays are copied in and out.
 *
 * <p>Loudness values are those of EBU Tech 3341: momentary over 400 ms, short-term over 3 s, one of
 * each for every 100 ms; the sound is taken as stereo, a mono one as the same on both sides.
 */
public final class Listening {

  /** Values of loudness in a second. */
  public static final int LOUDNESS_PER_SECOND = 10;

  /** Pairs of peaks in a second. */
  public static final int PEAKS_PER_SECOND = 100;

  /** The true peak of digital silence. */
  public static final double SILENT_DBTP = -120;

  private static final int MAGIC = 0x434c5331;

  private final float[] momentary;
  private final float[] shortTerm;
  private final float[] monoMomentary;
  private final double truePeakDbtp;
  private final byte[] peaks;
  private final double seconds;

  /**
   * @param momentary LUFS at the end of each 100 ms
   * @param shortTerm LUFS at the end of each 100 ms
   * @param monoMomentary LUFS of the mean of both sides as a single channel
   * @param truePeakDbtp greatest true peak of any channel (ITU-R BS.1770-4 annex 2)
   * @param peaks least and greatest sample of each 10 ms of the mono mean, -128 to 127, in pairs
   * @param seconds of sound that were decoded
   */
  public Listening(
      float[] momentary,
      float[] shortTerm,
      float[] monoMomentary,
      double truePeakDbtp,
      byte[] peaks,
      double seconds) {
    this.momentary = momentary.clone();
    this.shortTerm = shortTerm.clone();
    this.monoMomentary = monoMomentary.clone();
    this.truePeakDbtp = Math.max(SILENT_DBTP, truePeakDbtp);
    this.peaks = peaks.clone();
    this.seconds = seconds;
  }

  /** Seconds of sound that were decoded. */
  public double seconds() {
    return seconds;
  }

  /** Least and greatest sample of each 10 ms, -128 to 127, in pairs. */
  public byte[] peaks() {
    return peaks.clone();
  }

  /**
   * Puts parts together, in order. The parts' edges lie on whole 100 ms, and each part's values
   * begin at its own start.
   */
  public static Listening join(List<Listening> parts) {
    int blocks = parts.stream().mapToInt(part -> part.momentary.length).sum();
    float[] momentary = new float[blocks];
    float[] shortTerm = new float[blocks];
    float[] mono = new float[blocks];
    byte[] peaks = new byte[parts.stream().mapToInt(part -> part.peaks.length).sum()];
    double peak = SILENT_DBTP;
    double seconds = 0;
    int block = 0;
    int at = 0;
    for (Listening part : parts) {
      int length = part.momentary.length;
      System.arraycopy(part.momentary, 0, momentary, block, length);
      System.arraycopy(part.shortTerm, 0, shortTerm, block, length);
      System.arraycopy(part.monoMomentary, 0, mono, block, length);
      System.arraycopy(part.peaks, 0, peaks, at, part.peaks.length);
      block += length;
      at += part.peaks.length;
      peak = Math.max(peak, part.truePeakDbtp);
      seconds += part.seconds;
    }
    return new Listening(momentary, shortTerm, mono, peak, peaks, seconds);
  }

  /** What is to be known of the sound. */
  public Analysis judge() {
    return new Analysis(
        Gating.integrated(momentary),
        Gating.integrated(monoMomentary),
        Gating.range(shortTerm),
        truePeakDbtp,
        seconds,
        Silences.find(peaks));
  }

  /** As bytes to be stored between stages. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(momentary.length);
      for (float[] values : List.of(momentary, shortTerm, monoMomentary)) {
        for (float value : values) {
          out.writeFloat(value);
        }
      }
      out.writeDouble(truePeakDbtp);
      out.writeDouble(seconds);
      out.writeInt(peaks.length);
      out.write(peaks);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException it is nothing of the kind
   */
  public static Listening decode(byte[] bytes) throws IOException {
    InputStream memory = new ByteArrayInputStream(bytes);
    try (DataInputStream in = new DataInputStream(memory)) {
      int magic = in.readInt();
      int blocks = in.readInt();
      if (magic != MAGIC || blocks < 0 || blocks > bytes.length / 12) {
        throw new IOException("not a stored measurement");
      }
      float[][] values = new float[3][blocks];
      for (float[] row : values) {
        for (int i = 0; i < blocks; i++) {
          row[i] = in.readFloat();
        }
      }
      double peak = in.readDouble();
      double seconds = in.readDouble();
      byte[] peaks = in.readNBytes(in.readInt());
      return new Listening(values[0], values[1], values[2], peak, peaks, seconds);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Listening that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(peaks) * 31 + Double.hashCode(seconds);
  }

  @Override
  public String toString() {
    return "Listening[%.3f s, %d values, true peak %.2f dBTP]"
        .formatted(seconds, momentary.length, truePeakDbtp);
  }
}
