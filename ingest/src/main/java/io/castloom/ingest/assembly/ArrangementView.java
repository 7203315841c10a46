package io.castloom.ingest.assembly;

import io.castloom.bitstream.Bytes;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.document.Words;
import io.castloom.domain.media.Profile;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.show.Originals;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.EpisodeStitcher;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.stitch.PieceNeed;
import io.castloom.service.stitch.Stitched;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A planned episode as clients see it: for each format its segments with the times at which they
 * sound, and its bytes. Times are exact to the frame when all pieces are there ({@code exact});
 * else they come from the recordings' lengths. Times and lengths are in seconds.
 */
final class ArrangementView {
  private final EpisodeStitcher stitcher;
  private final Covers covers;
  private final ShowFormats formats;
  private final StoredOriginals originals;

  ArrangementView(PieceLibrary library, ShowFormats formats, StoredOriginals originals) {
    this.stitcher = new EpisodeStitcher(library);
    this.covers = new Covers(library.store());
    this.formats = formats;
    this.originals = originals;
  }

  Map<String, Object> of(EpisodeDesk.Planned planned) throws IOException {
    NightPlanner.Verdict verdict = planned.verdict();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("show", verdict.order().show());
    view.put("episode", verdict.order().episode());
    view.put("night", verdict.order().night());
    switch (verdict.decision()) {
      case Candidate.Decision.Rebuild(String why) -> {
        view.put("decision", "rebuild");
        view.put("why", why);
      }
      case Candidate.Decision.Skip(String why) -> {
        view.put("decision", "skip");
        view.put("why", why);
      }
    }
    view.put("reasons", verdict.order().why());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Profile profile : formats.of(planned.show())) {
      Arrangement arrangement = verdict.arrangements().get(profile.name());
      if (arrangement != null) {
        all.add(format(planned, profile, arrangement));
      }
    }
    view.put("formats", all);
    return view;
  }

  private Map<String, Object> format(
      EpisodeDesk.Planned planned, Profile profile, Arrangement arrangement) throws IOException {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("format", profile.name());
    view.put("fingerprint", arrangement.fingerprint());
    String current = planned.verdict().entry().media().fingerprints().get(profile.name());
    view.put("changed", !arrangement.fingerprint().equals(current));
    Bytes cover =
        covers.find(
            new AccountId(planned.show().account()),
            Covers.name(planned.show(), planned.episode()));
    switch (stitcher.stitch(planned.show(), planned.episode(), arrangement, profile, cover)) {
      case Stitched.File file -> {
        view.put("exact", true);
        view.put("bytes", file.parts().bytes());
        view.put("throughAssembler", file.parts().throughUs());
        view.put("how", how(profile));
        view.put("seconds", seconds(file.timeline().length()));
        view.put("segments", exact(file.timeline()));
        if (!file.again().isEmpty()) {
          view.put("encodedAgain", file.again());
        }
      }
      case Stitched.Missing(List<PieceNeed> missing) -> {
        estimated(view, planned, arrangement);
        view.put("missingPieces", missing.size());
        view.put("toBeMade", missing.stream().map(ArrangementView::need).toList());
      }
      case Stitched.Impossible(List<String> reasons) -> {
        estimated(view, planned, arrangement);
        view.put("impossible", reasons);
      }
    }
    return view;
  }

  private static Map<String, Object> need(PieceNeed piece) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", Words.of(piece.kind()));
    view.put("original", piece.original());
    view.put("again", piece.isAgain());
    view.put("why", piece.why());
    return view;
  }

  /** What is done to the pieces, for people. */
  private static String how(Profile profile) {
    return switch (profile.codec()) {
      case MP3, AAC -> "frames are copied as they are";
      case FLAC ->
          "frames are copied and numbered anew, those at cuts are divided; no sample changes";
      case OPUS -> "packets are copied into new pages";
      case WAV -> "";
    };
  }

  private static List<Map<String, Object>> exact(Timeline timeline) {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (LaidSegment laid : timeline.segments()) {
      Duration start = timeline.start(laid);
      segments.add(segment(laid.segment(), start, timeline.end(laid).minus(start)));
    }
    return segments;
  }

  private void estimated(
      Map<String, Object> view, EpisodeDesk.Planned planned, Arrangement arrangement) {
    Originals known = originals.of(new AccountId(planned.show().account()));
    List<Map<String, Object>> segments = new ArrayList<>();
    Duration start = Duration.ZERO;
    for (Segment segment : arrangement.segments()) {
      Originals.Facts facts = known.find(segment.original());
      Duration end =
          Objects.requireNonNullElse(segment.to(), facts == null ? segment.from() : facts.length());
      Duration length = end.minus(segment.from());
      segments.add(segment(segment, start, length));
      start = start.plus(length);
    }
    view.put("exact", false);
    view.put("seconds", seconds(start));
    view.put("segments", segments);
  }

  private static Map<String, Object> segment(Segment segment, Duration start, Duration length) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", Words.of(segment.kind()));
    view.put("start", seconds(start));
    view.put("seconds", seconds(length));
    if (!segment.slot().isEmpty()) {
      view.put("slot", segment.slot());
    }
    @Nullable Placement placement = segment.placement();
    if (placement != null) {
      view.put("campaign", placement.campaign());
      view.put("creative", placement.creative());
    }
    view.put("original", segment.original());
    if (!segment.from().isZero()) {
      view.put("from", seconds(segment.from()));
    }
    return view;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
