package io.castloom.bitstream.mp3;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.Window;
import io.castloom.bitstream.mp3.Mp3Scan.Junk;
import io.castloom.bitstream.mp3.Mp3Scan.Junk.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the audio frames of a file, whatever stands before, between and after them: ID3v2 (also
 * free-standing in the middle), ID3v1, APE, Xing frames of files that were put together, garbage, a
 * cut-off end.
 *
 * <p>The stream's version, sample rate and channel count are those of the first place where {@value
 * #CHAIN} frames follow each other; frames of other streams are garbage. Time grows linearly with
 * the file; memory by 14 bytes a frame.
 */
public final class Mp3Scanner {
  /** The most frames that are indexed: about 97 hours at 48 kHz. */
  public static final int MAX_FRAMES = 1 << 24;

  /** The most tags and stretches of garbage; a file with more is no recording. */
  static final int MAX_RUNS = 10_000;

  private static final int CHAIN = 3;

  private final Window window;
  private final List<Mp3Scan.Run> runs = new ArrayList<>();
  private final List<Junk> junk = new ArrayList<>();
  private @Nullable FrameIndexBuilder frames;
  private @Nullable XingTag tag;
  private int streamWord;
  private long runOffset;
  private int runFirst;

  private Mp3Scanner(Window window) {
    this.window = window;
  }

  /**
   * Scans a file.
   *
   * @return corrupt if there are no frames, more than {@link #MAX_FRAMES}, or too many separate
   *     runs of them
   * @throws IOException only if the source fails
   */
  public static Parsed<Mp3Scan> scan(ByteSource source) throws IOException {
    return new Mp3Scanner(new Window(source)).run();
  }

  private Parsed<Mp3Scan> run() throws IOException {
    long position = 0;
    boolean locked = false;
    while (position < window.size()) {
      int word = locked ? frameAt(position) : chainAt(position);
      if (word != 0) {
        locked = true;
        position += take(position, new FrameHeader(word));
      } else {
        locked = false;
        endRun();
        position = skipJunk(position);
      }
      if ((frames != null && frames.count() > MAX_FRAMES) || junk.size() > MAX_RUNS) {
        return Parsed.corrupt(position, "More frames, or more between them, than a recording has");
      }
    }
    endRun();
    if (frames == null) {
      return Parsed.corrupt(0, "No MPEG layer III frames were found");
    }
    Gapless gapless = tag == null ? Gapless.NONE : tag.gapless();
    return Parsed.good(new Mp3Scan(frames.build(gapless), tag, runs, junk));
  }

  /** Adds an audio frame, or notes a tag's frame; gives its length. */
  private int take(long position, FrameHeader header) throws IOException {
    int size = header.frameBytes();
    int at = window.locate(position, size);
    byte[] bytes = window.bytes();
    int packed = Packed.of(bytes, at, header);
    if (Packed.mainDataBytes(packed) == 0 && isTagFrame(bytes, at, header)) {
      if (frames == null && tag == null) {
        tag = XingTag.read(bytes, at, header);
      }
      endRun();
      addJunk(Kind.TAG_FRAME, position, size);
      return size;
    }
    if (frames == null) {
      frames = new FrameIndexBuilder(header);
      streamWord = header.word();
    }
    if (runFirst == frames.count()) {
      runOffset = position;
      runFirst = frames.count();
    }
    frames.add(packed, size, Crc.lame(frames.crc(), bytes, at, at + size));
    return size;
  }

  private static boolean isTagFrame(byte[] bytes, int at, FrameHeader header) {
    return XingTag.read(bytes, at, header) != null
        // Fraunhofer's tag stands at a fixed place whatever the side info's length
        || (header.frameBytes() > 40 && FrameHeader.wordAt(bytes, at + 36) == 0x56425249);
  }

  private void endRun() {
    if (frames != null && frames.count() > runFirst) {
      runs.add(new Mp3Scan.Run(runOffset, runFirst, frames.count() - runFirst));
      runFirst = frames.count();
    }
  }

  /** The header of a whole frame of the stream at a position, or 0. */
  private int frameAt(long position) throws IOException {
    int at = window.locate(position, FrameHeader.BYTES);
    if (at < 0) {
      return 0;
    }
    int word = FrameHeader.wordAt(window.bytes(), at);
    if (!FrameHeader.isValid(word)
        || (streamWord != 0 && !FrameHeader.sameStream(word, streamWord))) {
      return 0;
    }
    return position + new FrameHeader(word).frameBytes() <= window.size() ? word : 0;
  }

  /**
   * The header at a position where frames follow each other, up to the end of the audio at the
   * latest; or 0.
   */
  private int chainAt(long position) throws IOException {
    int word = frameAt(position);
    if (word == 0) {
      return 0;
    }
    long next = position;
    int last = word;
    for (int i = 0; i < CHAIN; i++) {
      next += new FrameHeader(last).frameBytes();
      if (next == window.size() || (i > 0 && Tags.at(window, next) != null)) {
        return word;
      }
      int after = frameAt(next);
      if (after == 0 || !FrameHeader.sameStream(after, word)) {
        return 0;
      }
      last = after;
    }
    return word;
  }

  /** Notes one tag or byte that is no frame, and goes behind it. */
  private long skipJunk(long position) throws IOException {
    Junk found = Tags.at(window, position);
    if (found != null) {
      junk.add(found);
      return position + found.length();
    }
    if (isCutFrame(position)) {
      junk.add(new Junk(Kind.TRUNCATED_FRAME, position, window.size() - position));
      return window.size();
    }
    addJunk(Kind.GARBAGE, position, 1);
    return position + 1;
  }

  /** Whether a frame starts here, behind another frame, that the file does not hold whole. */
  private boolean isCutFrame(long position) throws IOException {
    int at = window.locate(position, FrameHeader.BYTES);
    boolean afterFrame =
        junk.isEmpty() || junk.getLast().offset() + junk.getLast().length() != position;
    if (at < 0 || frames == null || !afterFrame) {
      return false;
    }
    int word = FrameHeader.wordAt(window.bytes(), at);
    return FrameHeader.isValid(word)
        && FrameHeader.sameStream(word, streamWord)
        && position + new FrameHeader(word).frameBytes() > window.size();
  }

  private void addJunk(Kind kind, long offset, long length) {
    if (!junk.isEmpty()) {
      Junk last = junk.getLast();
      if (last.kind() == kind && last.offset() + last.length() == offset) {
        junk.removeLast();
        junk.add(new Junk(kind, last.offset(), last.length() + length));
        return;
      }
    }
    junk.add(new Junk(kind, offset, length));
  }
}
