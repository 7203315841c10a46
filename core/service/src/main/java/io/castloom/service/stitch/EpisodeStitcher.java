package io.castloom.service.stitch;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.flac.FlacPlan;
import io.castloom.bitstream.mp3.Slice;
import io.castloom.bitstream.mp3.SpliceOutcome;
import io.castloom.bitstream.mp3.Splicer;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.Mp4File;
import io.castloom.bitstream.mp4.UnitSlice;
import io.castloom.bitstream.mp4.UnitSplicer;
import io.castloom.bitstream.ogg.OpusPlan;
import io.castloom.bitstream.ogg.OpusTags;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.splice.PartPlanner;
import io.castloom.domain.splice.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Plans an episode's file from its arrangement and the frame indexes of its pieces. Audio is read
 * only around cuts, some hundred bytes each.
 */
public final class EpisodeStitcher {

  /** The fade at both edges of what is no body: long enough against clicks, too short to hear. */
  public static final Duration EDGE = Duration.ofMillis(5);

  private final PieceLibrary library;

  public EpisodeStitcher(PieceLibrary library) {
    this.library = library;
  }

  /** The key of the piece that a segment's recording has to be stored under. */
  public static PieceKey key(Segment.Kind kind, String original, Profile profile, String encoder) {
    Sha256 sha256 = new Sha256(original);
    return switch (kind) {
      case BODY -> PieceKey.of(sha256, profile, encoder);
      case INTRO, AD, OUTRO -> PieceKey.conformed(sha256, profile, EDGE, encoder);
    };
  }

  /**
   * Plans the file of an arrangement.
   *
   * @param cover a picture, or {@link Bytes#EMPTY} for none
   */
  public Stitched stitch(
      Show show, Episode episode, Arrangement arrangement, Profile profile, Bytes cover)
      throws IOException {
    Map<Segment, StoredPiece> pieces = new LinkedHashMap<>();
    Map<String, Segment.Kind> missing = new LinkedHashMap<>();
    for (Segment segment : arrangement.segments()) {
      PieceKey key =
          key(segment.kind(), segment.original(), profile, arrangement.rendering().encoder());
      Optional<StoredPiece> piece;
      try {
        piece = library.find(key);
      } catch (CorruptPieceException e) {
        return impossible(String.valueOf(e.getMessage()));
      }
      if (piece.isPresent()) {
        pieces.put(segment, piece.get());
      } else {
        missing.put(segment.original(), segment.kind());
      }
    }
    if (!missing.isEmpty()) {
      return new Stitched.Missing(missing);
    }
    Timeline timeline;
    try {
      Map<String, PieceGrid> grids = new LinkedHashMap<>();
      pieces.forEach((segment, piece) -> grids.putIfAbsent(segment.original(), piece.grid()));
      timeline = Timeline.of(arrangement, original -> Objects.requireNonNull(grids.get(original)));
    } catch (IllegalArgumentException e) {
      return impossible(String.valueOf(e.getMessage()));
    }
    return switch (profile.codec()) {
      case MP3 -> mp3(show, episode, timeline, pieces, cover);
      case AAC -> m4a(show, episode, timeline, pieces, cover);
      case OPUS -> opus(show, episode, timeline, pieces, cover);
      case FLAC -> flac(show, episode, timeline, pieces, cover);
      case WAV ->
          impossible(
              "episodes in " + profile.codec() + " (format " + profile.name() + ") are not made");
    };
  }

  private Stitched mp3(
      Show show, Episode episode, Timeline timeline, Map<Segment, StoredPiece> pieces, Bytes cover)
      throws IOException {
    List<Slice> slices = new ArrayList<>();
    for (LaidSegment laid : timeline.segments()) {
      if (laid.frames() > 0 && pieces.get(laid.segment()) instanceof StoredPiece.Mp3(var piece)) {
        slices.add(new Slice(piece, laid.fromFrame(), laid.toFrame()));
      }
    }
    return switch (Splicer.splice(slices, library)) {
      case SpliceOutcome.Spliced spliced -> {
        Bytes head = Head.id3(show, episode, timeline, cover);
        yield file(spliced.file(head, null), timeline);
      }
      case SpliceOutcome.CannotCut(int slice, int frame, int nearest) ->
          impossible(
              "slice %d cannot begin at frame %d of its piece (frame %d would do)"
                  .formatted(slice, frame, nearest));
      case SpliceOutcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched m4a(
      Show show,
      Episode episode,
      Timeline timeline,
      Map<Segment, StoredPiece> pieces,
      Bytes cover) {
    List<UnitSlice> slices = new ArrayList<>();
    for (LaidSegment laid : timeline.segments()) {
      if (laid.frames() > 0 && pieces.get(laid.segment()) instanceof StoredPiece.M4a(var piece)) {
        slices.add(new UnitSlice(piece, laid.fromFrame(), laid.toFrame()));
      }
    }
    return switch (UnitSplicer.splice(slices)) {
      case UnitSplicer.Outcome.Spliced(BytePlan audio, AccessUnits units) ->
          file(
              Mp4File.plan(
                  units, audio, Head.mp4(show, episode, cover), Head.chapters(episode, timeline)),
              timeline);
      case UnitSplicer.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched flac(
      Show show,
      Episode episode,
      Timeline timeline,
      Map<Segment, StoredPiece> pieces,
      Bytes cover) {
    List<FlacPlan.Slice> slices = new ArrayList<>();
    for (LaidSegment laid : timeline.segments()) {
      if (laid.frames() > 0 && pieces.get(laid.segment()) instanceof StoredPiece.Flac piece) {
        slices.add(piece.slice(laid.fromFrame(), laid.toFrame()));
      }
    }
    return switch (FlacPlan.plan(slices, Head.comments(show, episode, timeline), cover)) {
      case FlacPlan.Outcome.Planned(BytePlan bytes, long _) -> file(bytes, timeline);
      case FlacPlan.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched opus(
      Show show,
      Episode episode,
      Timeline timeline,
      Map<Segment, StoredPiece> pieces,
      Bytes cover) {
    List<OpusPlan.Slice> slices = new ArrayList<>();
    for (LaidSegment laid : timeline.segments()) {
      if (laid.frames() > 0
          && pieces.get(laid.segment()) instanceof StoredPiece.Opus(var name, var piece)) {
        slices.add(new OpusPlan.Slice(name, piece, laid.fromFrame(), laid.toFrame()));
      }
    }
    OpusTags tags = Head.opus(show, episode, timeline, cover);
    return switch (OpusPlan.plan(slices, tags, episode.guid().hashCode())) {
      case OpusPlan.Outcome.Planned(BytePlan bytes, long _) -> file(bytes, timeline);
      case OpusPlan.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched file(BytePlan bytes, Timeline timeline) {
    List<Run> runs = new ArrayList<>();
    for (BytePlan.Part part : bytes.parts()) {
      runs.add(
          switch (part) {
            case BytePlan.Literal literal -> new Run.Own(literal.length());
            case BytePlan.Made made -> new Run.Own(made.length());
            case BytePlan.CopyRange(String piece, long offset, long length) ->
                new Run.Stored(piece, offset, length);
          });
    }
    return new Stitched.File(bytes, PartPlanner.plan(runs), timeline);
  }

  private static Stitched impossible(String reason) {
    return new Stitched.Impossible(List.of(reason));
  }
}
