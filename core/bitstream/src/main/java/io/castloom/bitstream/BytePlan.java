package io.castloom.bitstream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file as a list of own bytes and of ranges of stored pieces. What can be copied inside an object
 * store need not pass through this process.
 *
 * @param parts in order; neighbours are merged where possible, no part is empty
 */
public record BytePlan(List<Part> parts) {
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
      total += part instanceof Literal ? part.length() : 0;
    }
    return total;
  }

  /** This plan and then another. */
  public BytePlan then(BytePlan next) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(next.parts);
    return new BytePlan(all);
  }

  /** Writes the planned file; ranges are read in blocks of at most 1 MiB. */
  public void writeTo(OutputStream out, PieceReader reader) throws IOException {
    for (Part part : parts) {
      switch (part) {
        case Literal(Bytes bytes) -> bytes.writeTo(out);
        case CopyRange(String piece, long offset, long length) -> {
          for (long done = 0; done < length; ) {
            int block = (int) Math.min(1 << 20, length - done);
            out.write(reader.read(piece, offset + done, block));
            done += block;
          }
        }
      }
    }
  }

  private static List<Part> merged(List<Part> parts) {
    List<Part> result = new ArrayList<>(parts.size());
    List<Bytes> literals = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> literals.add(literal.bytes());
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
