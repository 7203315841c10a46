package io.castloom.service.versions;

import io.castloom.bitstream.BytePlan;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.delivery.VersionFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a planned file has its ads and its first minute, for counting what was delivered. Exact to
 * the frame where pieces are copied as they are or their frames are numbered anew (FLAC); in Opus,
 * whose pages hold sound of several pieces, by the share of time, which is about the same.
 */
public final class DeliveredBytes {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final BytePlan bytes;
  private final Timeline timeline;
  private final long head;

  private DeliveredBytes(BytePlan bytes, Timeline timeline) {
    this.bytes = bytes;
    this.timeline = timeline;
    List<BytePlan.Part> parts = bytes.parts();
    boolean copies = parts.stream().anyMatch(part -> of(part, ""));
    this.head = copies && parts.getFirst() instanceof BytePlan.Literal first ? first.length() : 0;
  }

  /**
   * The facts of a file.
   *
   * @param version the key of the media version
   */
  public static VersionFacts of(
      String version, String show, String episode, BytePlan bytes, Timeline timeline) {
    DeliveredBytes file = new DeliveredBytes(bytes, timeline);
    long minute = Math.clamp(file.at(MINUTE), 1, bytes.length());
    return new VersionFacts(version, show, episode, bytes.length(), minute, file.ads());
  }

  /** About the byte with which a moment begins. */
  private long at(Duration time) {
    double all = Math.max(1, timeline.length().toMillis());
    double share = Math.min(1, time.toMillis() / all);
    return head + Math.round(share * (bytes.length() - head));
  }

  private List<VersionFacts.AdBytes> ads() {
    List<VersionFacts.AdBytes> ads = new ArrayList<>();
    Walk walk = new Walk(bytes.parts());
    for (LaidSegment laid : timeline.segments()) {
      String piece = "pieces/" + laid.segment().original() + "/";
      boolean copied = walk.to(piece);
      Placement placement = laid.segment().placement();
      if (placement == null) {
        continue;
      }
      long from = copied ? walk.from : at(timeline.start(laid));
      long to = copied ? walk.to : at(timeline.end(laid));
      if (to > from) {
        ads.add(new VersionFacts.AdBytes(placement.campaign(), from, to));
      }
    }
    return ads;
  }

  /** Goes through the parts once, from one segment's copied ranges to the next one's. */
  private static final class Walk {
    private final List<BytePlan.Part> parts;
    private int next;
    private long position;
    private long from;
    private long to;

    Walk(List<BytePlan.Part> parts) {
      this.parts = parts;
    }

    /** Whether ranges of this piece follow; {@code from} and {@code to} are their bounds then. */
    boolean to(String piece) {
      int i = next;
      long at = position;
      while (i < parts.size() && !copies(parts.get(i), piece)) {
        at += parts.get(i).length();
        i++;
      }
      if (i == parts.size()) {
        return false;
      }
      from = at;
      while (i < parts.size() && copies(parts.get(i), piece)) {
        at += parts.get(i).length();
        i++;
      }
      to = at;
      next = i;
      position = at;
      return true;
    }

    private static boolean copies(BytePlan.Part part, String piece) {
      return of(part, piece);
    }
  }

  /** Whether a part holds sound of a piece, and of no other. */
  private static boolean of(BytePlan.Part part, String piece) {
    return switch (part) {
      case BytePlan.Literal _ -> false;
      case BytePlan.CopyRange range -> range.piece().startsWith(piece);
      case BytePlan.Made made -> !made.piece().isEmpty() && made.piece().startsWith(piece);
    };
  }
}
