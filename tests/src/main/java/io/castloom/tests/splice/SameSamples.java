package io.castloom.tests.splice;

import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Timeline;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Compares an assembled file with its pieces, sample by sample, as ffmpeg decodes them. Left out is
 * what lies right behind each cut, one frame unless told otherwise: transforms overlap, so what
 * stands before the cut is still heard in it.
 */
public final class SameSamples {

  private static final int BLOCK = 1 << 14;

  private final Tools tools;
  private final int channels;
  private final int settles;

  /** Leaves out one frame behind each cut. */
  public SameSamples(Tools tools, int channels) {
    this(tools, channels, -1);
  }

  /**
   * Leaves out what a decoder needs to be free of what it heard before a cut.
   *
   * @param settles samples behind each cut; 0 for none, negative for a frame
   */
  public SameSamples(Tools tools, int channels, int settles) {
    this.tools = tools;
    this.channels = channels;
    this.settles = settles;
  }

  /**
   * What was found.
   *
   * @param samples that the file decodes to, per channel
   * @param compared how many of them were compared
   * @param greatest the greatest difference, of full scale 1
   * @param where each segment with a difference, for people
   */
  public record Found(long samples, long compared, double greatest, List<String> where) {}

  /**
   * Compares.
   *
   * @param pieces the file of each original
   */
  public Found compare(Path file, Timeline timeline, Function<String, Path> pieces)
      throws IOException, InterruptedException {
    int skip = timeline.segments().getFirst().grid().startSkip();
    long compared = 0;
    double greatest = 0;
    List<String> where = new ArrayList<>();
    try (Sound whole = new Sound(file)) {
      for (LaidSegment segment : timeline.segments()) {
        PieceGrid grid = segment.grid();
        long in = segment.startFrame() * grid.frameSamples() - skip;
        long from = (long) segment.fromFrame() * grid.frameSamples() - grid.startSkip();
        long cut = settles < 0 ? grid.frameSamples() : settles;
        long edge = segment.startFrame() == 0 ? 0 : cut;
        long drop = Math.max(edge, Math.max(-in, -from));
        long length = (long) segment.frames() * grid.frameSamples() - drop;
        try (Sound piece = new Sound(pieces.apply(segment.segment().original()))) {
          whole.skipTo(in + drop);
          piece.skipTo(from + drop);
          boolean same = true;
          while (length > 0) {
            float[] ours = whole.read((int) Math.min(BLOCK, length));
            float[] theirs = piece.read((int) Math.min(BLOCK, length));
            int both = Math.min(ours.length, theirs.length);
            int at = Arrays.mismatch(ours, 0, both, theirs, 0, both);
            if (at >= 0 && at < both && same) {
              same = false;
              where.add(
                  "%s of %d samples, from its sample %d on"
                      .formatted(
                          segment.segment().kind(),
                          (long) segment.frames() * grid.frameSamples(),
                          compared(segment, length) + at / channels));
            }
            for (int i = at; i >= 0 && i < both; i++) {
              greatest = Math.max(greatest, Math.abs(ours[i] - theirs[i]));
            }
            compared += both / channels;
            length -= both / channels;
            if (both == 0 || ours.length != theirs.length) {
              break; // the padding that a player takes away
            }
          }
        }
      }
      return new Found(whole.drain(), compared, greatest, List.copyOf(where));
    }
  }

  private static long compared(LaidSegment segment, long left) {
    return (long) segment.frames() * segment.grid().frameSamples() - left;
  }

  /** What ffmpeg hears, from its start to its end. */
  private final class Sound implements AutoCloseable {
    private final Process process;
    private final InputStream in;
    private final Path complaints = Files.createTempFile("heard", ".txt");
    private final int width = channels * Float.BYTES;
    private long at;

    Sound(Path file) throws IOException {
      process =
          new ProcessBuilder(
                  tools.ffmpegCommand(
                      "-i", file.toString(), "-map", "0:a", "-f", "f32le", "pipe:1"))
              .redirectError(complaints.toFile())
              .start();
      in = new BufferedInputStream(process.getInputStream(), 1 << 20);
    }

    void skipTo(long sample) throws IOException {
      if (sample < at) {
        throw new IllegalArgumentException("sample " + sample + " was read already, at " + at);
      }
      try {
        in.skipNBytes((sample - at) * width);
      } catch (EOFException e) {
        throw new EOFException("the sound ends before sample " + sample);
      }
      at = sample;
    }

    float[] read(int samples) throws IOException {
      byte[] bytes = in.readNBytes(samples * width);
      FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] result = new float[floats.remaining()];
      floats.get(result);
      at += bytes.length / width;
      return result;
    }

    /** Reads to the end; any complaint of the decoder is an error. */
    long drain() throws IOException, InterruptedException {
      at += in.transferTo(OutputStream.nullOutputStream()) / width;
      int exit = process.waitFor();
      String said = Files.readString(complaints);
      if (exit != 0 || !said.isBlank()) {
        throw new IOException("ffmpeg does not decode it: " + exit + " " + said);
      }
      return at;
    }

    @Override
    public void close() throws IOException {
      in.close();
      process.destroy();
      Files.deleteIfExists(complaints);
    }
  }
}
