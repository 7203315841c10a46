package io.castloom.bitstream.mp4;

/** The boxes of the audio track. */
final class AudioTrack {
  private static final long MAX_32 = 0xffffffffL;

  private final AccessUnits units;
  private final boolean wide;
  private final int perChunk;

  AudioTrack(AccessUnits units, boolean wide) {
    this.units = units;
    this.wide = wide;
    // about a second: players read by chunks
    this.perChunk = Math.max(1, units.rateHz() / units.samplesPerUnit());
  }

  /**
   * Writes the track.
   *
   * @param start where the units stand in the file
   * @param chapters the id of the chapter track, or 0
   */
  void write(BoxWriter moov, long start, int chapters) {
    long sound = units.soundSamples();
    long media = sound + units.primingSamples();
    int version = media > MAX_32 / 2 ? 1 : 0;
    moov.box(
        "trak",
        trak -> {
          trak.full("tkhd", version, 7, b -> header(b, version, 1, sound, 0x100));
          trak.box(
              "edts",
              edts ->
                  edts.full(
                      "elst",
                      version,
                      0,
                      b ->
                          b.int32(1)
                              .sized(version, sound)
                              .sized(version, units.primingSamples())
                              .int32(0x10000)));
          if (chapters != 0) {
            trak.box("tref", tref -> tref.box("chap", b -> b.int32(chapters)));
          }
          trak.box("mdia", mdia -> media(mdia, version, media, start));
        });
  }

  static void header(BoxWriter b, int version, int id, long duration, int volume) {
    b.sized(version, 0).sized(version, 0).int32(id).int32(0).sized(version, duration);
    b.zeros(8).int16(0).int16(volume == 0 ? 0 : 1).int16(volume).int16(0);
    Mp4File.matrix(b);
    b.zeros(8);
  }

  static void mediaHeader(BoxWriter b, int version, int timescale, long duration) {
    // 0x55c4 is "und", the undetermined language
    b.sized(version, 0).sized(version, 0).int32(timescale).sized(version, duration);
    b.int16(0x55c4).int16(0);
  }

  static void handler(BoxWriter mdia, String type, String name) {
    mdia.full("hdlr", 0, 0, b -> b.int32(0).type(type).zeros(12).type(name).int8(0));
  }

  static void dataInformation(BoxWriter minf) {
    minf.box(
        "dinf", dinf -> dinf.full("dref", 0, 0, b -> b.int32(1).full("url ", 0, 1, self -> {})));
  }

  private void media(BoxWriter mdia, int version, long media, long start) {
    mdia.full("mdhd", version, 0, b -> mediaHeader(b, version, units.rateHz(), media));
    handler(mdia, "soun", "SoundHandler");
    mdia.box(
        "minf",
        minf -> {
          minf.full("smhd", 0, 0, b -> b.zeros(4));
          dataInformation(minf);
          minf.box("stbl", stbl -> tables(stbl, media, start));
        });
  }

  private void tables(BoxWriter stbl, long media, long start) {
    int count = units.count();
    stbl.full("stsd", 0, 0, b -> b.int32(1).bytes(units.sampleEntry().toArray()));
    // the last unit is as long as its sound
    long last =
        Math.clamp(media - (count - 1L) * units.samplesPerUnit(), 0, units.samplesPerUnit());
    boolean whole = last == units.samplesPerUnit();
    stbl.full(
        "stts",
        0,
        0,
        b -> {
          int regular = whole ? count : count - 1;
          b.int32((regular > 0 ? 1 : 0) + (whole ? 0 : 1));
          if (regular > 0) {
            b.int32(regular).int32(units.samplesPerUnit());
          }
          if (!whole) {
            b.int32(1).int32(last);
          }
        });
    int chunks = (count + perChunk - 1) / perChunk;
    int rest = count - (chunks - 1) * perChunk;
    stbl.full(
        "stsc",
        0,
        0,
        b -> {
          boolean even = chunks == 1 || rest == perChunk;
          b.int32(even ? 1 : 2).int32(1).int32(chunks == 1 ? rest : perChunk).int32(1);
          if (!even) {
            b.int32(chunks).int32(rest).int32(1);
          }
        });
    stbl.full(
        "stsz",
        0,
        0,
        b -> {
          b.int32(0).int32(count);
          for (int unit = 0; unit < count; unit++) {
            b.int32(units.size(unit));
          }
        });
    stbl.full(
        wide ? "co64" : "stco",
        0,
        0,
        b -> {
          b.int32(chunks);
          for (int chunk = 0; chunk < chunks; chunk++) {
            b.sized(wide ? 1 : 0, start + units.offset(chunk * perChunk));
          }
        });
    // each unit needs the one before it: seeking decodes one ahead
    stbl.full("sgpd", 1, 0, b -> b.type("roll").int32(2).int32(1).int16(-1));
    stbl.full("sbgp", 0, 0, b -> b.type("roll").int32(1).int32(count).int32(1));
  }
}
