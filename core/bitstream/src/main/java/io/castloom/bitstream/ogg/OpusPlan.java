package io.castloom.bitstream.ogg;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans one Ogg Opus file of packets of stored ones. Each page carries its position, its number and
 * a checksum, so all pages are written anew, a minute at a time; packets are not touched. Their
 * lengths and modes may differ, within a piece and between pieces: each packet says its own (RFC
 * 6716, 3.1), and positions are counted in samples at 48 kHz whatever they are (RFC 7845, 4).
 *
 * <p><strong>What is heard at the seams.</strong> A decoder needs about 80 ms until it does not
 * depend on what it decoded before (RFC 7845, 4.6). At the start the first piece's own pre-skip
 * hides that. Inside of a stream nothing can be thrown away: after a cut a decoder forgets the
 * loudness that stood before it by a third to a half with each packet, so that what differs is a
 * tenth after 80 ms and a hundredth after 200; pieces that meet should have short fades at their
 * edges.
 */
public final class OpusPlan {
  private static final int PAGE_SAMPLES = 48_000;
  private static final int PAGE_SEGMENTS = 255;
  private static final int PAGES_AT_ONCE = 60;

  private final int serial;
  private final List<OpusPages.Page> pages = new ArrayList<>();
  private List<OpusPages.Run> runs = new ArrayList<>();
  private int segments;
  private int samples;
  private long granule;

  private OpusPlan(int serial) {
    this.serial = serial;
  }

  /**
   * Packets of a piece, from {@code from} (included) to {@code to} (excluded).
   *
   * @param name the piece's name for the reader
   */
  public record Slice(String name, OpusPiece piece, int from, int to) {
    /** Checks that the slice is inside of its piece and not empty. */
    public Slice {
      if (from < 0 || from >= to || to > piece.count()) {
        throw new IllegalArgumentException(
            "Packets %d to %d are not inside of the %d of piece %s"
                .formatted(from, to, piece.count(), name));
      }
    }

    /** Samples of it that its piece throws away at the end, at 48 kHz. */
    private long trimmed() {
      long behind = (long) (piece.units() - piece.start(to)) * OpusPiece.UNIT_SAMPLES;
      return Math.max(0, piece.stream().trimmedSamples() - behind);
    }

    /** Without packets that are taken away as a whole: a page may not end before it begins. */
    private Slice withoutSilent() {
      int end = to;
      long trimmed = trimmed();
      while (end - 1 > from && trimmed >= piece.samples(end - 1)) {
        trimmed -= piece.samples(--end);
      }
      return end == to ? this : new Slice(name, piece, from, end);
    }
  }

  /** What became of a plan. */
  public sealed interface Outcome {
    /**
     * A file that can be written.
     *
     * @param soundSamples at 48 kHz
     */
    record Planned(BytePlan bytes, long soundSamples) implements Outcome {}

    /** A slice has other channels, mapping or gain than the first one. */
    record Mismatch(int slice, String reason) implements Outcome {}
  }

  /**
   * Plans a file that keeps the first piece's pre-skip and, when it ends with the last piece, that
   * one's trimming.
   *
   * @param slices in order, at least one; the first begins with its piece
   * @param serial of the new stream; any number, the same for the same result
   */
  public static Outcome plan(List<Slice> slices, OpusTags tags, int serial) {
    Slice first = slices.getFirst();
    if (first.from() != 0) {
      throw new IllegalArgumentException("The first slice begins in the middle of its piece");
    }
    OpusHead head = first.piece().stream().head();
    OpusPlan plan = new OpusPlan(serial);
    for (int i = 0; i < slices.size(); i++) {
      OpusHead other = slices.get(i).piece().stream().head();
      if (!head.suits(other)) {
        return new Outcome.Mismatch(
            i,
            "Slice %d has other channels, mapping or gain (%s) than the first (%s): conform it first"
                .formatted(i, other, head));
      }
      plan.add(i == slices.size() - 1 ? slices.get(i).withoutSilent() : slices.get(i));
    }
    long trimmed = plan.runs.getLast().slice().trimmed();
    plan.endPage(plan.granule - trimmed);
    long sound = Math.max(0, plan.granule - trimmed - head.preSkip());
    return new Outcome.Planned(plan.bytes(head, tags), sound);
  }

  private void add(Slice slice) {
    int from = slice.from();
    for (int packet = slice.from(); packet < slice.to(); packet++) {
      int needed = slice.piece().segments(packet);
      int each = slice.piece().samples(packet);
      if (segments > 0 && (segments + needed > PAGE_SEGMENTS || samples + each > PAGE_SAMPLES)) {
        if (packet > from) {
          runs.add(new OpusPages.Run(slice, from, packet));
        }
        endPage(granule);
        from = packet;
      }
      segments += needed;
      samples += each;
      granule += each;
    }
    runs.add(new OpusPages.Run(slice, from, slice.to()));
  }

  private void endPage(long position) {
    int length = OggPage.HEADER + segments;
    for (OpusPages.Run run : runs) {
      for (int packet = run.from(); packet < run.to(); packet++) {
        length += run.slice().piece().size(packet);
      }
    }
    pages.add(new OpusPages.Page(List.copyOf(runs), position, length));
    runs = new ArrayList<>();
    segments = 0;
    samples = 0;
  }

  private BytePlan bytes(OpusHead head, OpusTags tags) {
    HeaderPages headers = HeaderPages.of(head, tags, serial);
    int before = headers.count();
    List<BytePlan.Part> parts = new ArrayList<>();
    parts.add(new BytePlan.Literal(Bytes.adopt(headers.toArray())));
    for (int from = 0; from < pages.size(); from += PAGES_AT_ONCE) {
      int start = from;
      List<OpusPages.Page> chunk =
          pages.subList(from, Math.min(pages.size(), from + PAGES_AT_ONCE));
      boolean ends = from + chunk.size() == pages.size();
      OpusPages made = new OpusPages(chunk, serial, before + start, ends);
      parts.add(new BytePlan.Made(made.length(), made::make));
    }
    return new BytePlan(parts);
  }
}
