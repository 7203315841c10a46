package io.castloom.bitstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file as a list of own bytes and of ranges of stored pieces. What can be copied inside an object
 * store need not pass through this process.
 *
 * @param parts in order; neighbours are merged where possible, no part is empty
 */
public record BytePlan(List<Part> parts) {
  /** The most bytes of a made part. */
  public static final int MOST_MADE = 32 << 20;

  /** A part of a plan. */
  public sealed interface Part {
    /** Length in bytes, at least 1. */
    long length();
  }

  /** Bytes that the plan brings itself. */
  public record Literal(Bytes bytes) implements Part {
    @Override
    public long length() {
      return bytes.size();
    }
  }

  /** A range of a piece, byte for byte. */
  public record CopyRange(String piece, long offset, long length) implements Part {
    /** Checks the range: offset from 0, length from 1. */
    public CopyRange {
      if (offset < 0 || length < 1) {
        throw new IllegalArgumentException(
            "Range %d+%d of piece %s is empty or negative".formatted(offset, length, piece));
      }
    }
  }

  /**
   * Bytes that are worked out of pieces when they are wanted: frames with other numbers, pages with
   * other checksums. Few enough to be held in memory.
   *
   * @param length how many, known before
   * @param piece whose sound they hold, when it is of one piece alone; else empty
   */
  public record Made(long length, String piece, Maker maker) implements Part {
    /** Makes the bytes. */
    @FunctionalInterface
    public interface Maker {
      /**
       * The bytes, as many as were promised, the same each time.
       *
       * @throws IOException a piece cannot be read, or is not what its index says
       */
      byte[] make(PieceReader reader) throws IOException;
    }

    /** Bytes with sound of several pieces, or of none. */
    public Made(long length, Maker maker) {
      this(length, "", maker);
    }

    /** Checks the length. */
    public Made {
      if (length < 1 || length > MOST_MADE) {
        throw new IllegalArgumentException("a made part has 1 to " + MOST_MADE + ": " + length);
      }
    }

    /** The bytes, checked. */
    public byte[] bytes(PieceReader reader) throws IOException {
      byte[] bytes = maker.make(reader);
      if (bytes.length != length) {
        throw new IOException(
            "a part was planned with %d bytes and came out with %d"
                .formatted(length, bytes.length));
      }
      return bytes;
    }
  }

  /**
   * Merges neighbouring literals and adjoining ranges of the same piece, and drops empty literals.
   */
  public BytePlan {
    parts = merged(parts);
  }

  /** A plan of these parts. */
  public static BytePlan of(Part... parts) {
    return new BytePlan(List.of(parts));
  }

  /** A plan of bytes of its own. */
  public static BytePlan literal(Bytes bytes) {
    return of(new Literal(bytes));
  }

  /** Total length in bytes. */
  public long length() {
    long total = 0;
    for (Part part : parts) {
      total += part.length();
    }
    return total;
  }

  /** Bytes that the plan brings itself, in contrast to those copied. */
  public long literalBytes() {
    long total = 0;
    for (Part part : parts) {
      total += part instanceof CopyRange ? 0 : part.length();
    }
    return total;
  }

  /** This plan and then another. */
  public BytePlan then(BytePlan next) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(next.parts);
    return new BytePlan(all);
  }

  /**
   * Writes the planned file to the disk. What comes from other files there is copied by the system,
   * without a way through this process.
   *
   * @param file made, or written over
   */
  public void writeTo(Path file, PieceReader reader) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeTo(out, reader);
    }
  }

  /** Writes the planned file; ranges of what lies in no file are read in blocks of 1 MiB. */
  public void writeTo(WritableByteChannel out, PieceReader reader) throws IOException {
    for (Part part : parts) {
      switch (part) {
        case Literal(Bytes bytes) -> write(bytes.asBuffer(), out);
        case Made made -> write(ByteBuffer.wrap(made.bytes(reader)), out);
        case CopyRange(String piece, long offset, long length) ->
            reader.copy(piece, offset, length, out);
      }
    }
  }

  /** Writes all of the bytes: one call may take fewer. */
  static void write(ByteBuffer bytes, WritableByteChannel out) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static List<Part> merged(List<Part> parts) {
    List<Part> result = new ArrayList<>(parts.size());
    List<Bytes> literals = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> literals.add(literal.bytes());
        case Made made -> {
          flush(literals, result);
          result.add(made);
        }
        case CopyRange range -> {
          flush(literals, result);
          if (!result.isEmpty()
              && result.getLast() instanceof CopyRange last
              && last.piece().equals(range.piece())
              && last.offset() + last.length() == range.offset()) {
            result.removeLast();
            result.add(new CopyRange(last.piece(), last.offset(), last.length() + range.length()));
          } else {
            result.add(range);
          }
        }
      }
    }
    flush(literals, result);
    return List.copyOf(result);
  }

  private static void flush(List<Bytes> literals, List<Part> result) {
    int size = literals.stream().mapToInt(Bytes::size).sum();
    if (size > 0 && literals.size() == 1) {
      result.add(new Literal(literals.getFirst()));
    } else if (size > 0) {
      byte[] all = new byte[size];
      int at = 0;
      for (Bytes bytes : literals) {
        bytes.copyInto(all, at);
        at += bytes.size();
      }
      result.add(new Literal(Bytes.adopt(all)));
    }
    literals.clear();
  }
}
