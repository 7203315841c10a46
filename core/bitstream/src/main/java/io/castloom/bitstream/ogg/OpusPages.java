package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.PieceReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Some pages that follow each other in a planned file, written from stored packets when they are
 * wanted.
 *
 * @param pages at least one
 * @param serial of the stream
 * @param sequence the first page's number in the stream
 * @param ends whether the last one ends the stream
 */
record OpusPages(List<Page> pages, int serial, int sequence, boolean ends) {

  /** Packets of a slice, {@code from} (included) to {@code to} (excluded), in one page. */
  record Run(OpusPlan.Slice slice, int from, int to) {}

  /**
   * A page.
   *
   * @param granule samples at 48 kHz up to its end
   * @param length in bytes
   */
  record Page(List<Run> runs, long granule, int length) {}

  /** Bytes of all pages. */
  long length() {
    return pages.stream().mapToLong(Page::length).sum();
  }

  /** The pages' bytes. Each slice is read once: a request for each page would be many. */
  byte[] make(PieceReader reader) throws IOException {
    // by identity: a slice is equal when all packets of its piece are, which takes long to see
    IdentityHashMap<OpusPlan.Slice, Stretch> stretches = new IdentityHashMap<>();
    for (Page page : pages) {
      for (Run run : page.runs()) {
        stretches.merge(run.slice(), Stretch.of(run), Stretch::with);
      }
    }
    IdentityHashMap<OpusPlan.Slice, byte[]> read = new IdentityHashMap<>();
    for (Map.Entry<OpusPlan.Slice, Stretch> entry : stretches.entrySet()) {
      Stretch stretch = entry.getValue();
      int length = (int) (stretch.end() - stretch.start());
      read.put(entry.getKey(), reader.read(entry.getKey().name(), stretch.start(), length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) length());
    for (int i = 0; i < pages.size(); i++) {
      int flags = ends && i == pages.size() - 1 ? OggPage.LAST : 0;
      out.writeBytes(page(pages.get(i), flags, sequence + i, stretches, read));
    }
    return out.toByteArray();
  }

  /** What is read of a piece, in bytes. */
  private record Stretch(long start, long end) {
    static Stretch of(Run run) {
      OpusPiece piece = run.slice().piece();
      int last = run.to() - 1;
      return new Stretch(piece.offset(run.from()), piece.offset(last) + piece.size(last));
    }

    Stretch with(Stretch other) {
      return new Stretch(Math.min(start, other.start), Math.max(end, other.end));
    }
  }

  private byte[] page(
      Page page,
      int flags,
      int number,
      Map<OpusPlan.Slice, Stretch> stretches,
      Map<OpusPlan.Slice, byte[]> read) {
    ByteArrayOutputStream lacing = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream(page.length());
    for (Run run : page.runs()) {
      OpusPiece piece = run.slice().piece();
      byte[] bytes = Objects.requireNonNull(read.get(run.slice()));
      long start = Objects.requireNonNull(stretches.get(run.slice())).start();
      for (int packet = run.from(); packet < run.to(); packet++) {
        for (int left = piece.size(packet); left >= 0; left -= 255) {
          lacing.write(Math.min(255, left));
        }
        body.write(bytes, (int) (piece.offset(packet) - start), piece.size(packet));
      }
    }
    return new OggPage(
            flags,
            page.granule(),
            serial,
            number,
            Bytes.adopt(lacing.toByteArray()),
            Bytes.adopt(body.toByteArray()))
        .toArray();
  }
}
