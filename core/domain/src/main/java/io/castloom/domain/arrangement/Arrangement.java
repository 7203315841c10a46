package io.castloom.domain.arrangement;

import io.castloom.domain.campaign.Placement;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Originals;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.SlotKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an episode is made of on a night, in one rendering: made from documents alone, without any
 * look at media. Breaks that got no ad leave no trace: the body is not cut there.
 *
 * @param show the show's id
 * @param episode the episode's id
 * @param night the night whose ads it carries
 * @param rendering how its pieces are encoded
 * @param segments in the order in which they sound
 * @param fingerprint 64 hexadecimal digits; equal when and only when the resulting file would be
 *     (the night is not in it)
 */
public record Arrangement(
    String show,
    String episode,
    LocalDate night,
    Rendering rendering,
    List<Segment> segments,
    String fingerprint) {
  /** Copies the list and checks that nothing is null. */
  public Arrangement {
    Objects.requireNonNull(show);
    Objects.requireNonNull(episode);
    Objects.requireNonNull(night);
    Objects.requireNonNull(rendering);
    segments = List.copyOf(segments);
    Objects.requireNonNull(fingerprint);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("episode " + show + "/" + episode + " has no segments");
    }
  }

  /**
   * Arranges an episode.
   *
   * @param show a checked show
   * @param episode a checked episode of it
   * @param originals what is known of the body recordings
   * @param night the night
   * @param ads what the night's plan gives to its slots
   * @param rendering how the pieces are encoded
   * @throws IllegalArgumentException when a body recording is not known; a checked episode's are
   */
  public static Arrangement of(
      Show show,
      Episode episode,
      Originals originals,
      LocalDate night,
      List<SlotPlan> ads,
      Rendering rendering) {
    Map<String, List<Segment>> byBreak = new HashMap<>();
    for (AdBreak adBreak : AdBreak.of(show, episode)) {
      byBreak.put(adBreak.name(), ads(adBreak, ads));
    }
    List<Segment> segments = new ArrayList<>();
    piece(
        show, Segment.Kind.INTRO, or(episode.overrides().intro(), show.sound().intro()), segments);
    segments.addAll(byBreak.getOrDefault("pre", List.of()));
    segments.addAll(body(show, episode, originals, byBreak));
    segments.addAll(byBreak.getOrDefault("post", List.of()));
    piece(
        show, Segment.Kind.OUTRO, or(episode.overrides().outro(), show.sound().outro()), segments);
    return new Arrangement(
        show.id(),
        episode.id(),
        night,
        rendering,
        segments,
        Fingerprint.of(show, episode, rendering, segments));
  }

  private static @Nullable String or(@Nullable String own, @Nullable String common) {
    return own == null ? common : own;
  }

  private static List<Segment> ads(AdBreak adBreak, List<SlotPlan> ads) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < adBreak.rule().slots(); i++) {
      String slot = adBreak.slot(i);
      for (SlotPlan plan : ads) {
        Placement placement = plan.placement();
        if (plan.slot().equals(slot) && placement != null) {
          segments.add(Segment.ad(slot, placement));
        }
      }
    }
    return segments;
  }

  private static void piece(
      Show show, Segment.Kind kind, @Nullable String name, List<Segment> segments) {
    if (name != null && !name.isEmpty()) {
      show.sound().originals(name).forEach(o -> segments.add(Segment.whole(kind, o)));
    }
  }

  /** The body recordings one after the other, cut at the cue points whose breaks got ads. */
  private static List<Segment> body(
      Show show, Episode episode, Originals originals, Map<String, List<Segment>> byBreak) {
    TreeMap<Duration, List<Segment>> cuts = new TreeMap<>();
    for (AdBreak adBreak : AdBreak.of(show, episode)) {
      List<Segment> ads = byBreak.getOrDefault(adBreak.name(), List.of());
      if (adBreak.kind() == SlotKind.MID && !ads.isEmpty()) {
        cuts.put(adBreak.at(), ads);
      }
    }
    List<Segment> segments = new ArrayList<>();
    Duration bodyFrom = Duration.ZERO;
    for (String sha256 : episode.bodies()) {
      Originals.Facts facts = originals.find(sha256);
      if (facts == null) {
        throw new IllegalArgumentException("the body recording " + sha256 + " is not known");
      }
      Duration end = bodyFrom.plus(facts.length());
      Duration from = Duration.ZERO;
      for (Map.Entry<Duration, List<Segment>> cut :
          cuts.subMap(bodyFrom, true, end, false).entrySet()) {
        Duration at = cut.getKey().minus(bodyFrom);
        if (at.isPositive()) {
          segments.add(Segment.body(sha256, from, at, bodyFrom.plus(from)));
        }
        segments.addAll(cut.getValue());
        from = at;
      }
      segments.add(Segment.body(sha256, from, null, bodyFrom.plus(from)));
      bodyFrom = end;
    }
    return segments;
  }

  /** The ads that it carries, by slot, in the order in which they sound. */
  public Map<String, Placement> placements() {
    Map<String, Placement> all = new java.util.LinkedHashMap<>();
    for (Segment segment : segments) {
      Placement placement = segment.placement();
      if (placement != null) {
        all.put(segment.slot(), placement);
      }
    }
    return java.util.Collections.unmodifiableMap(all);
  }

  /** The recordings that it needs in its rendering, each once. */
  public List<String> originals() {
    return segments.stream().map(Segment::original).distinct().toList();
  }
}
