package io.castloom.tests.splice;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.media.Profile;
import io.castloom.domain.show.About;
import io.castloom.domain.show.BreakRule;
import io.castloom.domain.show.BreakTemplate;
import io.castloom.domain.show.Chapter;
import io.castloom.domain.show.CuePoint;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.EpisodeNotes;
import io.castloom.domain.show.FeedSettings;
import io.castloom.domain.show.Originals;
import io.castloom.domain.show.Overrides;
import io.castloom.domain.show.PieceSource;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.SlotKind;
import io.castloom.domain.show.Sound;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An episode in a few words: names of recordings on the shelf, null for what it has not.
 *
 * @param mids ads by their cue points in the body
 * @param chapters in body time
 */
public record DraftEpisode(
    Profile profile,
    @Nullable String intro,
    @Nullable String pre,
    String body,
    SortedMap<Duration, String> mids,
    @Nullable String post,
    @Nullable String outro,
    List<Chapter> chapters) {

  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 25);
  private static final BreakRule ONE = new BreakRule(1, Duration.ofMinutes(1));

  public DraftEpisode {
    mids = new TreeMap<>(mids);
    chapters = List.copyOf(chapters);
  }

  /** The show's document. */
  public Show show() {
    Map<String, PieceSource> pieces = new LinkedHashMap<>();
    if (intro != null) {
      pieces.put("intro", new PieceSource.Original(intro));
    }
    if (outro != null) {
      pieces.put("outro", new PieceSource.Original(outro));
    }
    return new Show(
        "talk",
        "bench",
        new About(
            "Talk",
            "en",
            "People who talk.",
            "Ann Author",
            "https://example.org/cover.jpg",
            false,
            List.of("Technology")),
        FeedSettings.STANDARD,
        new Sound(
            List.of(profile.name()),
            pieces,
            intro == null ? null : "intro",
            outro == null ? null : "outro",
            Sound.STANDARD_LOUDNESS),
        new BreakTemplate(ONE, ONE, ONE, 20, Duration.ofSeconds(10)),
        Show.STANDARD_DROP_TIME,
        ZoneOffset.UTC);
  }

  /** The episode's document. */
  public Episode episode() {
    return new Episode(
        "talk",
        "one",
        EpisodeNotes.titled("One"),
        List.of(body),
        mids.keySet().stream().map(CuePoint::new).toList(),
        chapters,
        List.of(),
        null,
        PublicationState.PUBLISHED,
        Instant.parse("2026-11-20T08:00:00Z"),
        Overrides.NONE);
  }

  Arrangement arrangement(Originals originals, String encoder) {
    List<SlotPlan> slots = new ArrayList<>();
    slots.add(slot("pre", SlotKind.PRE, pre));
    int number = 1;
    for (String ad : mids.values()) {
      slots.add(slot("mid-" + number++, SlotKind.MID, ad));
    }
    slots.add(slot("post", SlotKind.POST, post));
    return Arrangement.of(
        show(), episode(), originals, NIGHT, slots, Rendering.of(profile, encoder));
  }

  private static SlotPlan slot(String name, SlotKind kind, @Nullable String ad) {
    return new SlotPlan(name, kind, ad == null ? null : new Placement("house", "promo", ad));
  }
}
