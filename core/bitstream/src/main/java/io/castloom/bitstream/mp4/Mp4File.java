package io.castloom.bitstream.mp4;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import java.util.List;

/**
 * Writes M4A files for streaming: {@code ftyp}, {@code moov}, {@code mdat}, in this order, so that
 * a player knows everything before the sound. All of it is computed from the index; the units are
 * copied from where they are.
 *
 * <p>Chapters are written twice: as a QuickTime text track, which Apple's players show, and as
 * Nero's list, which others do.
 */
public final class Mp4File {
  private static final long MAX_32 = 0xffffffffL;

  private Mp4File() {}

  /**
   * Plans a file.
   *
   * @param units the index of the audio
   * @param audio its bytes, {@code units.bytes()} long
   * @param chapters in ascending order; those that do not start inside of the sound are left out
   */
  public static BytePlan plan(
      AccessUnits units, BytePlan audio, Mp4Tags tags, List<Mp4Chapter> chapters) {
    if (audio.length() != units.bytes()) {
      throw new IllegalArgumentException(
          "The audio has %d bytes, its index says %d".formatted(audio.length(), units.bytes()));
    }
    ChapterTrack text = ChapterTrack.of(chapters, units);
    Bytes ftyp = ftyp();
    Bytes samples = text.samples();
    long payload = samples.size() + units.bytes();
    int mdatHeader = payload + 8 > MAX_32 ? 16 : 8;
    // offsets have a fixed width, so the size of moov does not depend on their values
    boolean wide = ftyp.size() + mdatHeader + payload + (64L << 20) > MAX_32;
    int moovBytes = moov(units, tags, text, 0, wide).size();
    long start = ftyp.size() + (long) moovBytes + mdatHeader;
    BoxWriter mdat = new BoxWriter();
    if (mdatHeader == 16) {
      mdat.int32(1).type("mdat").int64(payload + 16);
    } else {
      mdat.int32(payload + 8).type("mdat");
    }
    return BytePlan.of(
            new BytePlan.Literal(ftyp),
            new BytePlan.Literal(moov(units, tags, text, start, wide)),
            new BytePlan.Literal(mdat.toBytes()),
            new BytePlan.Literal(samples))
        .then(audio);
  }

  private static Bytes ftyp() {
    return new BoxWriter()
        .box("ftyp", b -> b.type("M4A ").int32(0x200).type("M4A ").type("isom").type("iso2"))
        .toBytes();
  }

  private static Bytes moov(
      AccessUnits units, Mp4Tags tags, ChapterTrack text, long start, boolean wide) {
    long sound = units.soundSamples();
    int version = sound > MAX_32 / 2 ? 1 : 0;
    return new BoxWriter()
        .box(
            "moov",
            moov -> {
              moov.full("mvhd", version, 0, b -> movieHeader(b, version, units.rateHz(), sound));
              new AudioTrack(units, wide)
                  .write(moov, start + text.samples().size(), text.isEmpty() ? 0 : 2);
              if (!text.isEmpty()) {
                text.write(moov, start, wide);
              }
              moov.box(
                  "udta",
                  udta -> {
                    Metadata.write(udta, tags);
                    text.writeNero(udta);
                  });
            })
        .toBytes();
  }

  /** The movie counts in samples, so that its length and the edit's are exact. */
  private static void movieHeader(BoxWriter b, int version, int rateHz, long sound) {
    b.sized(version, 0).sized(version, 0).int32(rateHz).sized(version, sound);
    b.int32(0x10000).int16(0x100).zeros(10);
    matrix(b);
    b.zeros(24).int32(3);
  }

  /** The identity in the odd fixed point of the format. */
  static void matrix(BoxWriter b) {
    b.int32(0x10000).zeros(12).int32(0x10000).zeros(12).int32(0x40000000);
  }
}
