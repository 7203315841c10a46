package io.castloom.service.stitch;

import io.castloom.bitstream.flac.FlacPlan;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.flac.StreamInfo;
import io.castloom.bitstream.mp3.Cuts;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Piece;
import io.castloom.bitstream.mp3.Slice;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.UnitPiece;
import io.castloom.bitstream.mp4.UnitSlice;
import io.castloom.bitstream.ogg.OpusHead;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusPlan;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.media.PieceKey;

/** A rendition whose frames are known, so that it can be cut and joined. */
sealed interface StoredPiece {

  /** Its frames as far as time is concerned. */
  PieceGrid grid();

  /** What others must have in common with it. */
  Form form();

  private static IllegalStateException other(StoredPiece piece) {
    return new IllegalStateException("a piece of another codec among the others: " + piece);
  }

  /** What an episode takes of an MP3 piece. */
  static Slice mp3(StoredPiece of, LaidSegment laid) {
    if (of instanceof Mp3(Piece piece)) {
      return new Slice(piece, laid.fromFrame(), laid.toFrame());
    }
    throw other(of);
  }

  /** What an episode takes of an M4A piece. */
  static UnitSlice m4a(StoredPiece of, LaidSegment laid) {
    if (of instanceof M4a(UnitPiece piece)) {
      return new UnitSlice(piece, laid.fromFrame(), laid.toFrame());
    }
    throw other(of);
  }

  /** What an episode takes of a FLAC piece. */
  static FlacPlan.Slice flac(StoredPiece of, LaidSegment laid) {
    if (of instanceof Flac piece) {
      return piece.slice(laid.fromFrame(), laid.toFrame());
    }
    throw other(of);
  }

  /** What an episode takes of an Opus piece. */
  static OpusPlan.Slice opus(StoredPiece of, LaidSegment laid) {
    if (of instanceof Opus(String name, OpusPiece piece)) {
      return new OpusPlan.Slice(
          name, piece, piece.packetAt(laid.fromFrame()), piece.packetAt(laid.toFrame()));
    }
    throw other(of);
  }

  /** MP3 frames. */
  record Mp3(Piece piece) implements StoredPiece {

    /**
     * @param audioBytes size of the stored object: its frames are the end of it
     */
    static Mp3 of(PieceKey key, FrameIndex index, long audioBytes) {
      return new Mp3(new Piece(key.audio(), index, audioBytes - index.bytes()));
    }

    @Override
    public PieceGrid grid() {
      FrameIndex index = piece.index();
      long all = (long) index.count() * index.samplesPerFrame();
      int skip = index.gapless().startSkip();
      long trim = Math.max(0, all - skip - index.soundSamples());
      return new PieceGrid(
          index.rateHz(),
          index.samplesPerFrame(),
          index.count(),
          skip,
          (int) trim,
          frame -> Math.max(0, Cuts.nearest(index, frame)));
    }

    @Override
    public Form form() {
      FrameIndex index = piece.index();
      return new Form(index.rateHz(), index.channels(), Form.samples(index.samplesPerFrame()));
    }
  }

  /** FLAC frames. They are cut at any sample, so time is counted in samples. */
  record Flac(String name, FlacStream stream) implements StoredPiece {
    @Override
    public PieceGrid grid() {
      int samples = Math.toIntExact(stream.samples());
      return PieceGrid.of(stream.info().rateHz(), 1, samples, 0, 0);
    }

    @Override
    public Form form() {
      StreamInfo info = stream.info();
      return new Form(info.rateHz(), info.channels(), Form.bits(info.bits()));
    }

    FlacPlan.Slice slice(int fromSample, int toSample) {
      return new FlacPlan.Slice(name, stream, fromSample, toSample);
    }
  }

  /** Opus packets. They may differ in length, so time is counted in what all are multiples of. */
  record Opus(String name, OpusPiece piece) implements StoredPiece {
    @Override
    public PieceGrid grid() {
      OpusStream stream = piece.stream();
      return new PieceGrid(
          OpusStream.RATE_HZ,
          OpusPiece.UNIT_SAMPLES,
          piece.units(),
          stream.head().preSkip(),
          (int) stream.trimmedSamples(),
          new Packets(piece));
    }

    @Override
    public Form form() {
      OpusHead head = piece.stream().head();
      return new Form(
          OpusStream.RATE_HZ, head.channels(), Form.packets(head.gain(), head.family()));
    }

    private record Packets(OpusPiece piece) implements PieceGrid.Borders {
      @Override
      public int nearest(int frame) {
        return piece.nearestStart(frame);
      }

      @Override
      public int atOrBehind(int frame) {
        return piece.startAtOrBehind(frame);
      }
    }
  }

  /** AAC access units. */
  record M4a(UnitPiece piece) implements StoredPiece {
    @Override
    public PieceGrid grid() {
      AccessUnits units = piece.units();
      return PieceGrid.of(
          units.rateHz(),
          units.samplesPerUnit(),
          units.count(),
          units.primingSamples(),
          units.paddingSamples());
    }

    @Override
    public Form form() {
      AccessUnits units = piece.units();
      return new Form(units.rateHz(), units.channels(), Form.samples(units.samplesPerUnit()));
    }
  }
}
