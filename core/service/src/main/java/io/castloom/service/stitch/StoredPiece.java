package io.castloom.service.stitch;

import io.castloom.bitstream.flac.FlacPlan;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.mp3.Cuts;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Piece;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.UnitPiece;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.media.PieceKey;

/** A rendition whose frames are known, so that it can be cut and joined. */
public sealed interface StoredPiece {

  /** Its frames as far as time is concerned. */
  PieceGrid grid();

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
  }

  /**
   * FLAC frames. Their last one is shorter than the others, so time is counted in samples, and cuts
   * fall on the nearest border of two frames.
   */
  record Flac(String name, FlacStream stream) implements StoredPiece {
    @Override
    public PieceGrid grid() {
      int samples = Math.toIntExact(stream.samples());
      return new PieceGrid(
          stream.info().rateHz(), 1, samples, 0, 0, at -> (int) stream.start(stream.nearest(at)));
    }

    FlacPlan.Slice slice(int fromSample, int toSample) {
      return new FlacPlan.Slice(name, stream, stream.nearest(fromSample), stream.nearest(toSample));
    }
  }

  /** Opus packets. */
  record Opus(String name, OpusPiece piece) implements StoredPiece {
    @Override
    public PieceGrid grid() {
      OpusStream stream = piece.stream();
      return PieceGrid.of(
          OpusStream.RATE_HZ,
          stream.packetSamples(),
          piece.count(),
          stream.head().preSkip(),
          (int) stream.trimmedSamples());
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
  }
}
