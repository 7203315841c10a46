package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sample tables of one track (ISO/IEC 14496-12, 8.6 and 8.7). Every count is checked
 * against what the box can hold.
 */
final class TrackReader {
  private final Box movie;
  private final Box track;
  private final long fileSize;

  TrackReader(Box movie, Box track, long fileSize) {
    this.movie = movie;
    this.track = track;
    this.fileSize = fileSize;
  }

  Parsed<Mp4Audio> read() {
    Box header = track.at("mdia", "mdhd");
    Box tables = track.at("mdia", "minf", "stbl");
    if (header == null || tables == null || !header.has(0, 24)) {
      return broken("The audio track lacks its header or its tables");
    }
    int rateHz = header.intAt(header.byteAt(0) == 1 && header.has(0, 32) ? 20 : 12);
    Box stsd = tables.child("stsd");
    Bytes entry = stsd == null ? null : Mp4Reader.sampleEntry(stsd);
    if (entry == null) {
      return broken("The audio track is not AAC");
    }
    int[] sizes = sizes(tables.child("stsz"));
    if (sizes == null) {
      return broken("The audio track has no table of sizes, or a fragmented or broken one");
    }
    Durations durations = durations(tables.child("stts"), sizes.length);
    if (durations == null || !Mp4Reader.isPossible(rateHz, durations.each())) {
      return broken("The access units of the audio track are not of one length");
    }
    List<Mp4Audio.Run> runs = runs(tables, sizes);
    if (runs == null) {
      return broken("The audio track's units are not where its tables say");
    }
    Edit edit = edit(durations.total(), rateHz);
    if (edit == null) {
      return broken("The audio track is edited");
    }
    long all = (long) sizes.length * durations.each();
    long padding = Math.clamp(all - edit.priming() - edit.length(), 0, Integer.MAX_VALUE);
    return Parsed.good(
        new Mp4Audio(
            new AccessUnits(entry, rateHz, durations.each(), edit.priming(), (int) padding, sizes),
            runs));
  }

  private Parsed<Mp4Audio> broken(String reason) {
    return Parsed.corrupt(track.from(), reason);
  }

  private int @Nullable [] sizes(@Nullable Box stsz) {
    if (stsz == null || !stsz.has(0, 12)) {
      return null;
    }
    int fixed = stsz.intAt(4);
    long count = stsz.unsignedAt(8);
    boolean fits = fixed == 0 ? count <= (stsz.size() - 12) / 4 : count * fixed <= fileSize;
    if (count == 0 || count > Mp4Reader.MAX_UNITS || fixed < 0 || !fits) {
      return null;
    }
    int[] sizes = new int[(int) count];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = fixed == 0 ? stsz.intAt(12 + 4 * i) : fixed;
      if (sizes[i] < 0 || sizes[i] >= 1 << 24) {
        return null;
      }
    }
    return sizes;
  }

  private record Durations(int each, long total) {}

  /** All units have one duration; only the last may be shorter. */
  private static @Nullable Durations durations(@Nullable Box stts, int count) {
    if (stts == null || !stts.has(0, 16) || stts.unsignedAt(4) > (stts.size() - 8) / 8) {
      return null;
    }
    int entries = stts.intAt(4);
    int each = stts.intAt(12);
    long total = 0;
    long units = 0;
    for (int i = 0; i < entries; i++) {
      long run = stts.unsignedAt(8 + 8 * i);
      long duration = stts.unsignedAt(12 + 8 * i);
      boolean last = i == entries - 1 && run == 1 && duration <= each;
      if (units + run > count || (duration != each && !last)) {
        return null;
      }
      units += run;
      total += run * duration;
    }
    return units == count ? new Durations(each, total) : null;
  }

  private @Nullable List<Mp4Audio.Run> runs(Box tables, int[] sizes) {
    Box stsc = tables.child("stsc");
    Box stco = tables.child("stco");
    Box co64 = tables.child("co64");
    Box offsets = stco != null ? stco : co64;
    int width = stco != null ? 4 : 8;
    if (stsc == null
        || offsets == null
        || !stsc.has(0, 8)
        || !offsets.has(0, 8)
        || stsc.unsignedAt(4) > (stsc.size() - 8) / 12
        || offsets.unsignedAt(4) > (offsets.size() - 8) / width) {
      return null;
    }
    int entries = stsc.intAt(4);
    int chunks = offsets.intAt(4);
    List<Mp4Audio.Run> runs = new ArrayList<>();
    long end = -1;
    int unit = 0;
    for (int chunk = 0, entry = -1; chunk < chunks && unit < sizes.length; chunk++) {
      while (entry + 1 < entries && stsc.unsignedAt(8 + 12 * (entry + 1)) <= chunk + 1L) {
        entry++;
      }
      if (entry < 0) {
        return null;
      }
      long perChunk = stsc.unsignedAt(12 + 12 * entry);
      int count = (int) Math.min(perChunk, sizes.length - unit);
      long offset = width == 4 ? offsets.unsignedAt(8 + 4 * chunk) : offsets.longAt(8 + 8 * chunk);
      long length = 0;
      for (int i = 0; i < count; i++) {
        length += sizes[unit + i];
      }
      if (offset < 0 || offset > fileSize - length) {
        return null;
      }
      if (offset == end && !runs.isEmpty()) {
        Mp4Audio.Run last = runs.removeLast();
        runs.add(new Mp4Audio.Run(last.offset(), last.firstUnit(), last.count() + count));
      } else if (count > 0) {
        runs.add(new Mp4Audio.Run(offset, unit, count));
      }
      end = offset + length;
      unit += count;
    }
    return unit == sizes.length ? runs : null;
  }

  private record Edit(int priming, long length) {}

  /**
   * The one edit of the track: where its sound starts, and how long it is. Empty edits before it
   * only shift it in time.
   */
  private @Nullable Edit edit(long total, int rateHz) {
    Box list = track.at("edts", "elst");
    if (list == null) {
      return new Edit(0, total);
    }
    int width = list.has(0, 8) && list.byteAt(0) == 1 ? 20 : 12;
    if (!list.has(0, 8) || list.unsignedAt(4) > (list.size() - 8) / width) {
      return null;
    }
    Edit edit = null;
    for (int i = 0; i < list.intAt(4); i++) {
      int at = 8 + width * i;
      long duration = width == 20 ? list.longAt(at) : list.unsignedAt(at);
      long start = width == 20 ? list.longAt(at + 8) : list.intAt(at + 4);
      if (start == -1) {
        continue;
      }
      if (edit != null || start < 0 || start > Math.min(total, 1 << 20) || duration < 0) {
        return null;
      }
      edit = new Edit((int) start, length(total - start, duration, rateHz));
    }
    return edit == null ? new Edit(0, total) : edit;
  }

  /**
   * The edit's length if it is truly shorter than the media, for it is said in the movie's coarser
   * time scale.
   */
  private long length(long media, long duration, int rateHz) {
    Box header = movie.child("mvhd");
    if (header == null || !header.has(0, 24) || duration == 0) {
      return media;
    }
    long scale = header.unsignedAt(header.byteAt(0) == 1 ? 20 : 12);
    if (scale == 0 || duration > Long.MAX_VALUE / rateHz) {
      return media;
    }
    long said = duration * rateHz / scale;
    return said + 2L * rateHz / scale < media ? said : media;
  }
}
