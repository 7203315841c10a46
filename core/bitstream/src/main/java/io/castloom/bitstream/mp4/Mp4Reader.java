package io.castloom.bitstream.mp4;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the access units of the first AAC track of an MP4, M4A or MOV file. Fragmented files, other
 * codecs and tracks that are edited beyond priming and length are not read: they are originals to
 * be transcoded, not pieces.
 */
public final class Mp4Reader {
  /** The most access units: about 100 hours at 48 kHz. */
  public static final int MAX_UNITS = 1 << 24;

  /** The largest {@code moov} box that is read. */
  public static final int MAX_MOOV_BYTES = 128 << 20;

  private Mp4Reader() {}

  /**
   * Reads a file.
   *
   * @return corrupt if it is no such file, with the reason
   * @throws IOException only if the source fails
   */
  public static Parsed<Mp4Audio> read(ByteSource source) throws IOException {
    byte[] moov = moov(source);
    if (moov.length == 0) {
      return Parsed.corrupt(0, "No moov box of at most 128 MiB was found");
    }
    Box movie = Box.of(moov);
    Box track = audioTrack(movie);
    if (track == null) {
      return Parsed.corrupt(0, "The file has no audio track");
    }
    return new TrackReader(movie, track, source.size()).read();
  }

  static boolean isPossible(int rateHz, int samplesPerUnit) {
    return rateHz >= 7_000 && rateHz <= 192_000 && samplesPerUnit >= 960 && samplesPerUnit <= 4_096;
  }

  /**
   * The content of the movie box; empty if there is none. Boxes before it are passed over, each at
   * least 8 bytes.
   */
  private static byte[] moov(ByteSource source) throws IOException {
    long size = source.size();
    long at = 0;
    for (int boxes = 0; boxes < 10_000 && at + 8 <= size; boxes++) {
      int header = at + 16 <= size ? 16 : 8;
      Box box = Box.of(source.read(at, header));
      long length = box.unsignedAt(0);
      int skipped = 8;
      if (length == 1 && header == 16) {
        length = box.longAt(8);
        skipped = 16;
      } else if (length == 0) {
        length = size - at;
      }
      if (length < skipped || length > size - at) {
        return new byte[0];
      }
      if (box.typeAt(4).equals("moov")) {
        return length > MAX_MOOV_BYTES
            ? new byte[0]
            : source.read(at + skipped, (int) length - skipped);
      }
      at += length;
    }
    return new byte[0];
  }

  private static @Nullable Box audioTrack(Box movie) {
    List<Box> tracks = new ArrayList<>();
    Box track = movie.child("trak");
    while (track != null && tracks.size() < 100) {
      Box handler = track.at("mdia", "hdlr");
      if (handler != null && handler.has(8, 4) && handler.typeAt(8).equals("soun")) {
        return track;
      }
      tracks.add(track);
      track = movie.next("trak", track.to() - movie.from());
    }
    return null;
  }

  /** The sample entry of a track, or null if it is not AAC. */
  static @Nullable Bytes sampleEntry(Box stsd) {
    if (!stsd.has(0, 16) || !stsd.typeAt(12).equals("mp4a")) {
      return null;
    }
    long length = stsd.unsignedAt(8);
    return length >= 36 && length <= stsd.size() - 8
        ? Bytes.adopt(stsd.copy(8, (int) length))
        : null;
  }
}
