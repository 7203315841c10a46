package io.castloom.service.stitch;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.flac.FlacPlan;
import io.castloom.bitstream.mp3.SpliceOutcome;
import io.castloom.bitstream.mp3.Splicer;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.Mp4File;
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
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.splice.PartPlanner;
import io.castloom.domain.splice.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Plans an episode's file from its arrangement and the frame indexes of its pieces. Audio is read
 * only around cuts, some hundred bytes each.
 */
public final class EpisodeStitcher {

  private final PieceLibrary library;

  public EpisodeStitcher(PieceLibrary library) {
    this.library = library;
  }

  /** The key of the piece that a segment's recording has to be stored under. */
  public static PieceKey key(Segment.Kind kind, String original, Profile profile, String encoder) {
    return new PieceNeed(kind, original, "").key(profile, encoder);
  }

  /**
   * Plans the file of an arrangement.
   *
   * @param cover a picture, or {@link Bytes#EMPTY} for none
   */
  public Stitched stitch(
      Show show, Episode episode, Arrangement arrangement, Profile profile, Bytes cover)
      throws IOException {
    FittingPieces fitting = new FittingPieces(library, profile, arrangement.rendering().encoder());
    try {
      return switch (fitting.find(arrangement)) {
        case FittingPieces.Found.Lacking(List<PieceNeed> needs) -> new Stitched.Missing(needs);
        case FittingPieces.Found.Unfit(String reason) -> impossible(reason);
        case FittingPieces.Found.All(var pieces, var again) -> {
          Timeline timeline = timeline(arrangement, pieces);
          yield stitch(new Laid(show, episode, timeline, pieces, cover, again), profile);
        }
      };
    } catch (CorruptPieceException | IllegalArgumentException e) {
      return impossible(String.valueOf(e.getMessage()));
    }
  }

  /**
   * An episode with its pieces at their places.
   *
   * @param again recordings whose pieces were encoded again, with the reason
   */
  private record Laid(
      Show show,
      Episode episode,
      Timeline timeline,
      Map<Segment, StoredPiece> pieces,
      Bytes cover,
      Map<String, String> again) {

    /** What is taken of each piece, for those segments that keep any frame. */
    <S> List<S> slices(BiFunction<StoredPiece, LaidSegment, S> slice) {
      List<S> slices = new ArrayList<>();
      for (LaidSegment laid : timeline.segments()) {
        if (laid.frames() > 0) {
          slices.add(slice.apply(Objects.requireNonNull(pieces.get(laid.segment())), laid));
        }
      }
      return slices;
    }

    Stitched file(BytePlan bytes) {
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
      return new Stitched.File(bytes, PartPlanner.plan(runs), timeline, again);
    }
  }

  private static Timeline timeline(Arrangement arrangement, Map<Segment, StoredPiece> pieces) {
    Map<String, PieceGrid> grids = new LinkedHashMap<>();
    pieces.forEach((segment, piece) -> grids.putIfAbsent(segment.original(), piece.grid()));
    return Timeline.of(arrangement, original -> Objects.requireNonNull(grids.get(original)));
  }

  private Stitched stitch(Laid laid, Profile profile) throws IOException {
    return switch (profile.codec()) {
      case MP3 -> mp3(laid);
      case AAC -> m4a(laid);
      case OPUS -> opus(laid);
      case FLAC -> flac(laid);
      case WAV ->
          impossible(
              "episodes in " + profile.codec() + " (format " + profile.name() + ") are not made");
    };
  }

  private Stitched mp3(Laid episode) throws IOException {
    return switch (Splicer.splice(episode.slices(StoredPiece::mp3), library)) {
      case SpliceOutcome.Spliced spliced ->
          episode.file(
              spliced.file(
                  Head.id3(episode.show(), episode.episode(), episode.timeline(), episode.cover()),
                  null));
      case SpliceOutcome.CannotCut(int slice, int frame, int nearest) ->
          impossible(
              "slice %d cannot begin at frame %d of its piece (frame %d would do)"
                  .formatted(slice, frame, nearest));
      case SpliceOutcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched m4a(Laid episode) {
    return switch (UnitSplicer.splice(episode.slices(StoredPiece::m4a))) {
      case UnitSplicer.Outcome.Spliced(BytePlan audio, AccessUnits units) ->
          episode.file(
              Mp4File.plan(
                  units,
                  audio,
                  Head.mp4(episode.show(), episode.episode(), episode.cover()),
                  Head.chapters(episode.episode(), episode.timeline())));
      case UnitSplicer.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched flac(Laid episode) {
    List<String> comments = Head.comments(episode.show(), episode.episode(), episode.timeline());
    return switch (FlacPlan.plan(episode.slices(StoredPiece::flac), comments, episode.cover())) {
      case FlacPlan.Outcome.Planned(BytePlan bytes, long _) -> episode.file(bytes);
      case FlacPlan.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched opus(Laid episode) {
    OpusTags tags =
        Head.opus(episode.show(), episode.episode(), episode.timeline(), episode.cover());
    int serial = episode.episode().guid().hashCode();
    return switch (OpusPlan.plan(episode.slices(StoredPiece::opus), tags, serial)) {
      case OpusPlan.Outcome.Planned(BytePlan bytes, long _) -> episode.file(bytes);
      case OpusPlan.Outcome.Mismatch(int _, String reason) -> impossible(reason);
    };
  }

  private static Stitched impossible(String reason) {
    return new Stitched.Impossible(List.of(reason));
  }
}
