package io.castloom.bitstream.flac;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.Window;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of a FLAC file. Immutable. */
public final class FlacStream {
  /** The most frames: about 200 hours. */
  static final int MAX_FRAMES = 1 << 23;

  private final StreamInfo info;
  private final long[] offsets;
  private final int[] blockSizes;
  private final Numbers numbers;
  private final long[] starts;

  /**
   * How the frames are numbered.
   *
   * @param variable by samples, not by frames
   * @param first the first one's number
   */
  record Numbers(boolean variable, long first) {}

  FlacStream(StreamInfo info, long[] offsets, int[] blockSizes, Numbers numbers) {
    this.info = info;
    this.offsets = offsets;
    this.blockSizes = blockSizes;
    this.numbers = numbers;
    this.starts = new long[blockSizes.length + 1];
    for (int i = 0; i < blockSizes.length; i++) {
      starts[i + 1] = starts[i] + blockSizes[i];
    }
  }

  /** Rate, channels and depth. */
  public StreamInfo info() {
    return info;
  }

  /** Number of frames, at least 1. */
  public int count() {
    return blockSizes.length;
  }

  /** Samples per channel in all frames. */
  public long samples() {
    return starts[blockSizes.length];
  }

  /** Samples before a frame; for {@code frame == count()} all. */
  public long start(int frame) {
    return starts[frame];
  }

  /** The frame that holds a sample; the last one for those behind the end. */
  int frameOf(long sample) {
    int found = Arrays.binarySearch(starts, sample);
    return Math.min(found >= 0 ? found : -found - 2, blockSizes.length - 1);
  }

  /** Samples per channel in the longest frame. */
  int largestBlock() {
    return Arrays.stream(blockSizes).max().orElseThrow();
  }

  Numbers numbers() {
    return numbers;
  }

  /** Bytes of the file, to the end of its last frame. */
  public long bytes() {
    return offsets[blockSizes.length];
  }

  /** Compact binary form: about 3 bytes a frame. */
  public byte[] encode() {
    return FlacIndexCodec.encode(this);
  }

  /** Reads {@link #encode()}'s form; anything else is corrupt. */
  public static Parsed<FlacStream> decode(byte[] bytes) {
    return FlacIndexCodec.decode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlacStream stream
        && info.equals(stream.info)
        && numbers.equals(stream.numbers)
        && Arrays.equals(offsets, stream.offsets)
        && Arrays.equals(blockSizes, stream.blockSizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return "%d frames, %d samples, %s".formatted(count(), samples(), info);
  }

  /** How many bytes a frame's number takes. */
  int numberBytes(int frame) {
    return FlacHeader.encode(numbers.first() + (numbers.variable() ? starts[frame] : frame)).length;
  }

  /** Samples per channel in a frame. */
  public int blockSize(int frame) {
    return blockSizes[frame];
  }

  long offset(int frame) {
    return offsets[frame];
  }

  int size(int frame) {
    return (int) (offsets[frame + 1] - offsets[frame]);
  }

  /**
   * Finds all frames, each proved by its two checksums and by its number.
   *
   * @return corrupt if it is no FLAC file, or if any frame is damaged, missing or cut off
   * @throws IOException only if the source fails
   */
  public static Parsed<FlacStream> read(ByteSource source) throws IOException {
    if (source.size() < 42) {
      return Parsed.corrupt(0, "A FLAC file has at least 42 bytes");
    }
    byte[] head = source.read(0, 42);
    if (head[0] != 'f' || head[1] != 'L' || head[2] != 'a' || head[3] != 'C') {
      return Parsed.corrupt(0, "The file is no FLAC file");
    }
    boolean first = (head[4] & 0x7f) == 0 && head[5] == 0 && head[6] == 0 && head[7] == 34;
    StreamInfo info = StreamInfo.read(Arrays.copyOfRange(head, 8, 42));
    if (!first || !info.isPossible()) {
      return Parsed.corrupt(4, "The stream info of the FLAC file is broken");
    }
    long position = 4;
    boolean last = false;
    while (!last) {
      if (position + 4 > source.size()) {
        return Parsed.corrupt(position, "The FLAC file ends in its metadata");
      }
      byte[] block = source.read(position, 4);
      last = block[0] < 0;
      position += 4 + ((block[1] & 0xff) << 16 | (block[2] & 0xff) << 8 | (block[3] & 0xff));
    }
    return frames(source, info, position);
  }

  private static Parsed<FlacStream> frames(ByteSource source, StreamInfo info, long start)
      throws IOException {
    Window window = new Window(source);
    long[] offsets = new long[257];
    int[] blockSizes = new int[256];
    int count = 0;
    long position = start;
    long expected = -1;
    FlacHeader header = header(window, position);
    Numbers numbers =
        header == null ? new Numbers(false, 0) : new Numbers(header.variable(), header.number());
    while (header != null) {
      if (count == MAX_FRAMES || (expected >= 0 && header.number() != expected)) {
        return Parsed.corrupt(position, "FLAC frame " + count + " has a wrong number");
      }
      expected = next(header);
      long end = end(window, info, position, header, expected);
      if (end < 0) {
        return Parsed.corrupt(position, "FLAC frame " + count + " is damaged or cut off");
      }
      if (count == blockSizes.length) {
        offsets = Arrays.copyOf(offsets, 2 * count + 1);
        blockSizes = Arrays.copyOf(blockSizes, 2 * count);
      }
      blockSizes[count] = header.blockSize();
      offsets[count] = position;
      offsets[++count] = end;
      position = end;
      header = header(window, position);
    }
    return count == 0 || position != window.size()
        ? Parsed.corrupt(position, "No FLAC frame stands where one should")
        : Parsed.good(
            new FlacStream(
                info,
                Arrays.copyOf(offsets, count + 1),
                Arrays.copyOf(blockSizes, count),
                numbers));
  }

  private static long next(FlacHeader header) {
    return header.number() + (header.variable() ? header.blockSize() : 1);
  }

  private static @Nullable FlacHeader header(Window window, long position) throws IOException {
    int available = (int) Math.min(FlacHeader.MAX_BYTES, window.size() - position);
    int at = available <= 0 ? -1 : window.locate(position, available);
    return at < 0 ? null : FlacHeader.read(window.bytes(), at, available);
  }

  /**
   * Where a frame ends: where its checksum comes out, and the next frame or nothing follows; -1 if
   * nowhere in its largest size.
   */
  private static long end(
      Window window, StreamInfo info, long start, FlacHeader header, long nextNumber)
      throws IOException {
    long largest = start + info.largestFrame(header.blockSize());
    int crc = 0;
    for (long position = start; position < Math.min(largest, window.size()); ) {
      int at = window.locate(position, 1);
      crc = FlacCrc.step(crc, window.bytes()[at]);
      position++;
      if (crc == 0 && position > start + header.length()) {
        if (position == window.size()) {
          return position;
        }
        FlacHeader next = header(window, position);
        if (next != null && next.number() == nextNumber && next.variable() == header.variable()) {
          return position;
        }
      }
    }
    return -1;
  }
}
