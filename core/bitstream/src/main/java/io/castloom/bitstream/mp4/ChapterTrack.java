package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Chapters as a text track, whose samples stand at the start of {@code mdat}, and as Nero's list.
 */
final class ChapterTrack {
  private static final int TIMESCALE = 1_000;
  private static final int MAX_TITLE_BYTES = 255;
  private static final int MAX_NERO = 255;

  /** A text sample entry with one plain font; no player shows its style. */
  private static final byte[] TEXT_ENTRY = {
    0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 13, 'f', 't', 'a', 'b', 0, 1, 0, 1, 0
  };

  private final List<Mp4Chapter> chapters;
  private final List<Bytes> samples;
  private final Bytes all;
  private final long endMillis;
  private final AccessUnits units;

  private ChapterTrack(List<Mp4Chapter> chapters, AccessUnits units) {
    this.chapters = chapters;
    this.units = units;
    this.endMillis = units.soundSamples() * TIMESCALE / units.rateHz();
    this.samples = new ArrayList<>();
    BoxWriter bytes = new BoxWriter();
    for (Mp4Chapter chapter : chapters) {
      byte[] title = title(chapter);
      // the trailing box says that the text is UTF-8
      Bytes sample =
          new BoxWriter()
              .int16(title.length)
              .bytes(title)
              .box("encd", b -> b.int32(0x100))
              .toBytes();
      samples.add(sample);
      bytes.bytes(sample.toArray());
    }
    this.all = bytes.toBytes();
  }

  static ChapterTrack of(List<Mp4Chapter> chapters, AccessUnits units) {
    long end = units.soundSamples() * TIMESCALE / units.rateHz();
    List<Mp4Chapter> inside = new ArrayList<>();
    long before = -1;
    for (Mp4Chapter chapter : chapters) {
      long start = chapter.start().toMillis();
      if (start > before && start < end) {
        inside.add(chapter);
        before = start;
      }
    }
    return new ChapterTrack(inside, units);
  }

  boolean isEmpty() {
    return chapters.isEmpty();
  }

  Bytes samples() {
    return all;
  }

  /** At most 255 bytes of UTF-8, no half characters. */
  private static byte[] title(Mp4Chapter chapter) {
    String title = chapter.title();
    byte[] bytes = title.getBytes(StandardCharsets.UTF_8);
    while (bytes.length > MAX_TITLE_BYTES) {
      title = title.substring(0, title.offsetByCodePoints(title.length(), -1));
      bytes = title.getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  private long startMillis(int chapter) {
    return chapter < chapters.size() ? chapters.get(chapter).start().toMillis() : endMillis;
  }

  void write(BoxWriter moov, long start, boolean wide) {
    long first = startMillis(0);
    moov.box(
        "trak",
        trak -> {
          trak.full("tkhd", 0, 2, b -> AudioTrack.header(b, 0, 2, units.soundSamples(), 0));
          if (first > 0) {
            // an empty edit moves the first chapter to its start
            trak.box(
                "edts",
                edts ->
                    edts.full(
                        "elst",
                        0,
                        0,
                        b ->
                            b.int32(2)
                                .int32(first * units.rateHz() / TIMESCALE)
                                .int32(-1)
                                .int32(0x10000)
                                .int32((endMillis - first) * units.rateHz() / TIMESCALE)
                                .int32(0)
                                .int32(0x10000)));
          }
          trak.box(
              "mdia",
              mdia -> {
                mdia.full("mdhd", 0, 0, b -> AudioTrack.mediaHeader(b, 0, TIMESCALE, endMillis));
                AudioTrack.handler(mdia, "text", "ChapterHandler");
                mdia.box("minf", minf -> media(minf, start, wide));
              });
        });
  }

  private void media(BoxWriter minf, long start, boolean wide) {
    minf.box(
        "gmhd",
        gmhd -> {
          gmhd.full(
              "gmin", 0, 0, b -> b.int16(0x40).int16(0x8000).int16(0x8000).int16(0x8000).zeros(4));
          gmhd.box("text", Mp4File::matrix);
        });
    AudioTrack.dataInformation(minf);
    minf.box("stbl", stbl -> tables(stbl, start, wide));
  }

  private void tables(BoxWriter stbl, long start, boolean wide) {
    int count = samples.size();
    stbl.full(
        "stsd",
        0,
        0,
        b -> b.int32(1).box("text", entry -> entry.zeros(6).int16(1).bytes(TEXT_ENTRY)));
    stbl.full(
        "stts",
        0,
        0,
        b -> {
          b.int32(count);
          for (int i = 0; i < count; i++) {
            // the last one is longer by what the edit put before the first: readers that take the
            // media's length for the end of the last chapter are right then, others have the edit's
            long more = i == count - 1 ? startMillis(0) : 0;
            b.int32(1).int32(startMillis(i + 1) - startMillis(i) + more);
          }
        });
    stbl.full("stsc", 0, 0, b -> b.int32(1).int32(1).int32(count).int32(1));
    stbl.full(
        "stsz",
        0,
        0,
        b -> {
          b.int32(0).int32(count);
          samples.forEach(sample -> b.int32(sample.size()));
        });
    stbl.full(wide ? "co64" : "stco", 0, 0, b -> b.int32(1).sized(wide ? 1 : 0, start));
  }

  /** Nero's list, in 100 ns; it holds 255 chapters. */
  void writeNero(BoxWriter udta) {
    if (isEmpty()) {
      return;
    }
    int count = Math.min(MAX_NERO, chapters.size());
    udta.full(
        "chpl",
        1,
        0,
        b -> {
          b.int32(0).int8(count);
          for (int i = 0; i < count; i++) {
            byte[] title = title(chapters.get(i));
            b.int64(startMillis(i) * 10_000).int8(title.length).bytes(title);
          }
        });
  }
}
