package io.castloom.domain.arrangement;

import static io.castloom.domain.show.Documents.ORIGINALS;
import static io.castloom.domain.show.Documents.PROFILES;
import static io.castloom.domain.show.Documents.chapter;
import static io.castloom.domain.show.Documents.episode;
import static io.castloom.domain.show.Documents.sha;
import static io.castloom.domain.show.Documents.show;
import static io.castloom.domain.show.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Placement;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.Chapter;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.Soundbite;
import io.castloom.domain.show.transcript.Cue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TimelineProperties {
  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 10);
  private static final Rendering MP3 = new Rendering("mp3-128", "lame");

  /**
   * Pieces as LAME makes them: an hour or half a minute, 576 samples of delay and 529 of the
   * decoder.
   */
  private static PieceGrid lame(String original) {
    long samples =
        java.util.Objects.requireNonNull(ORIGINALS.find(original)).length().toSeconds() * 44_100;
    int frames = (int) ((samples + 576 + 1151) / 1152) + 1;
    int padding = (int) (frames * 1152L - samples - 576);
    return PieceGrid.of(44_100, 1152, frames, 1105, Math.max(0, padding - 529));
  }

  private static final Function<String, PieceGrid> LAME = TimelineProperties::lame;

  private record Case(Show show, Episode episode, Arrangement arrangement) {
    Timeline timeline() {
      return Timeline.of(arrangement, LAME);
    }
  }

  private static Case random(long seed) {
    Random random = new Random(seed);
    Show show = ((Reading.Good<Show>) Show.read(show(), PROFILES)).value();
    List<String> bodies = random.nextBoolean() ? List.of(sha(1)) : List.of(sha(1), sha(2));
    List<String> cues = new ArrayList<>();
    long at = 0;
    while (true) {
      at += 300_000L + random.nextInt(1_500_000);
      if (at > bodies.size() * 3_600_000L - 300_000) {
        break;
      }
      cues.add(Duration.ofMillis(at).toSeconds() + "." + String.format("%03d", at % 1000));
    }
    Map<String, Object> tree = with(with(episode(), "bodies", bodies), "cuePoints", cues);
    if (random.nextBoolean()) {
      tree.put("overrides", Map.of("intro", "", "outro", ""));
    }
    Episode episode = ((Reading.Good<Episode>) Episode.read(tree, show, ORIGINALS)).value();
    return new Case(
        show,
        episode,
        Arrangement.of(show, episode, ORIGINALS, NIGHT, ads(show, episode, random), MP3));
  }

  private static List<SlotPlan> ads(Show show, Episode episode, Random random) {
    List<SlotPlan> ads = new ArrayList<>();
    for (AdBreak adBreak : AdBreak.of(show, episode)) {
      for (int i = 0; i < adBreak.rule().slots(); i++) {
        boolean filled = random.nextInt(3) > 0;
        Placement placement = new Placement("c" + i, "ad", sha(20 + random.nextInt(70)));
        ads.add(new SlotPlan(adBreak.slot(i), adBreak.kind(), filled ? placement : null));
      }
    }
    return ads;
  }

  @Property(tries = 300)
  void segments_follow_each_other_without_gap(@ForAll long seed) {
    Timeline timeline = random(seed).timeline();
    long at = 0;
    for (LaidSegment laid : timeline.segments()) {
      assertThat(laid.startFrame()).isEqualTo(at);
      assertThat(laid.frames()).isPositive();
      assertThat(laid.toFrame()).isLessThanOrEqualTo(laid.grid().frames());
      at += laid.frames();
    }
    assertThat(timeline.frames()).isEqualTo(at);
    assertThat(timeline.end(timeline.segments().getLast())).isEqualTo(timeline.length());
  }

  @Property(tries = 300)
  void parts_of_a_recording_are_cut_without_loss_and_without_repetition(@ForAll long seed) {
    Timeline timeline = random(seed).timeline();
    LaidSegment before = null;
    for (LaidSegment laid : timeline.segments()) {
      if (laid.segment().kind() == Segment.Kind.BODY) {
        if (before != null && before.segment().original().equals(laid.segment().original())) {
          assertThat(laid.fromFrame()).isEqualTo(before.toFrame());
        }
        before = laid;
      }
    }
  }

  @Property(tries = 300)
  void times_never_go_back(@ForAll long seed) {
    Case c = random(seed);
    TimeShift shift = c.timeline().shift();
    Random random = new Random(seed);
    long millis = 0;
    Duration starts = Duration.ZERO;
    Duration ends = Duration.ZERO;
    while (millis < c.episode.bodies().size() * 3_600_000L) {
      Duration body = Duration.ofMillis(millis);
      assertThat(shift.starts(body)).isGreaterThanOrEqualTo(starts);
      assertThat(shift.ends(body))
          .isGreaterThanOrEqualTo(ends)
          .isLessThanOrEqualTo(shift.starts(body));
      starts = shift.starts(body);
      ends = shift.ends(body);
      millis += random.nextInt(60_000);
    }
    assertThat(starts).isLessThanOrEqualTo(c.timeline().length());
  }

  @Property(tries = 300)
  void what_was_moved_is_found_again(@ForAll long seed) {
    foundAgain(seed);
  }

  @Example
  void what_begins_in_the_half_frame_before_a_cue_begins_after_the_ads_when_it_sounds_there() {
    foundAgain(-5_612_625_790_315_208_342L);
  }

  @Property(tries = 100)
  void what_begins_in_a_part_that_a_moved_cut_left_empty_begins_behind_the_ads(@ForAll long seed) {
    Case c = random(seed);
    // entries so rare that the first cuts fall onto the body's start
    PieceGrid.Borders rare = frame -> Math.max(1, frame / 60_000 * 60_000);
    Timeline timeline =
        Timeline.of(
            c.arrangement,
            original -> {
              PieceGrid grid = lame(original);
              return new PieceGrid(
                  44_100, 1152, grid.frames(), grid.startSkip(), grid.endTrim(), rare);
            });
    TimeShift shift = timeline.shift();
    assertThat(shift.place(shift.starts(Duration.ZERO))).isInstanceOf(TimeShift.Place.InBody.class);
  }

  @Property(tries = 300)
  void what_begins_beside_a_cue_begins_in_the_body_and_what_ends_there_ends_in_it(
      @ForAll long seed) {
    Case c = random(seed);
    Timeline timeline = c.timeline();
    TimeShift shift = timeline.shift();
    Random random = new Random(seed);
    for (LaidSegment laid : timeline.segments()) {
      if (laid.segment().kind() == Segment.Kind.BODY && laid.segment().bodyFrom().isPositive()) {
        long off = random.nextInt(-26_000_000, 26_000_000);
        Duration body = laid.segment().bodyFrom().plusNanos(off);
        assertThat(shift.place(shift.starts(body))).isInstanceOf(TimeShift.Place.InBody.class);
        Duration last = shift.ends(body).minusNanos(50_000);
        assertThat(shift.place(last)).isInstanceOf(TimeShift.Place.InBody.class);
      }
    }
  }

  private static void foundAgain(long seed) {
    Case c = random(seed);
    TimeShift shift = c.timeline().shift();
    Random random = new Random(seed);
    List<Duration> borders = new ArrayList<>();
    for (LaidSegment laid : c.timeline().segments()) {
      borders.add(laid.segment().bodyFrom());
    }
    for (int i = 0; i < 50; i++) {
      long sample = random.nextLong(3600L * 44_100 * c.episode.bodies().size());
      Duration body = Timeline.duration(sample, 44_100);
      TimeShift.Place place = shift.place(shift.starts(body));
      assertThat(place).isInstanceOf(TimeShift.Place.InBody.class);
      Duration back = ((TimeShift.Place.InBody) place).time();
      boolean nearBorder = borders.stream().anyMatch(b -> b.minus(body).abs().toMillis() < 30);
      boolean nearEnd = sample % (3600L * 44_100) > 3600L * 44_100 - 3000;
      long off = Math.abs(Timeline.samples(back, 44_100) - sample);
      // beside a cut a time can fall into the half frame that was moved to the other side
      assertThat(off).isLessThanOrEqualTo(nearBorder || nearEnd ? 1152 : 0);
    }
  }

  @Property(tries = 300)
  void a_chapter_at_a_cue_point_begins_after_the_ads(@ForAll long seed) {
    Case c = random(seed);
    Timeline timeline = c.timeline();
    for (LaidSegment laid : timeline.segments()) {
      if (laid.segment().kind() == Segment.Kind.BODY) {
        assertThat(timeline.shift().starts(laid.segment().bodyFrom()))
            .isBetween(timeline.start(laid), timeline.start(laid).plusMillis(14));
      }
    }
  }

  @Property(tries = 100)
  void captions_and_soundbites_stay_within_the_body(@ForAll long seed) {
    Case c = random(seed);
    TimeShift shift = c.timeline().shift();
    Random random = new Random(seed);
    List<Cue> cues = new ArrayList<>();
    List<Soundbite> bites = new ArrayList<>();
    long at = 0;
    while (at < 3_590_000) {
      long length = 500L + random.nextInt(9_000);
      cues.add(new Cue("", Duration.ofMillis(at), Duration.ofMillis(at + length), "", "x"));
      bites.add(new Soundbite(Duration.ofMillis(at), Duration.ofMillis(length), ""));
      at += length;
    }
    List<Cue> moved = shift.captions(cues);
    assertThat(moved.size()).isBetween(cues.size(), cues.size() + 20);
    Duration before = Duration.ZERO;
    for (Cue cue : moved) {
      assertThat(cue.start()).isGreaterThanOrEqualTo(before);
      assertThat(cue.end()).isGreaterThan(cue.start());
      // a caption covers body sound alone: its middle is never in an ad
      Duration middle = cue.start().plus(cue.end().minus(cue.start()).dividedBy(2));
      assertThat(shift.place(middle)).isInstanceOf(TimeShift.Place.InBody.class);
      before = cue.end();
    }
    for (Soundbite bite : shift.soundbites(bites)) {
      assertThat(bite.length()).isLessThan(Duration.ofMillis(9_540));
      assertThat(shift.place(bite.at().plus(bite.length().dividedBy(2))))
          .isInstanceOf(TimeShift.Place.InBody.class);
    }
  }

  private static Arrangement arrange(
      Map<String, Object> show, Map<String, Object> episode, LocalDate night, int ad) {
    Show s = ((Reading.Good<Show>) Show.read(show, PROFILES)).value();
    Episode e = ((Reading.Good<Episode>) Episode.read(episode, s, ORIGINALS)).value();
    List<SlotPlan> ads = new ArrayList<>();
    AdBreak pre = AdBreak.of(s, e).getFirst();
    ads.add(new SlotPlan(pre.slot(0), pre.kind(), new Placement("c", "ad", sha(ad))));
    return Arrangement.of(s, e, ORIGINALS, night, ads, MP3);
  }

  @Example
  void the_fingerprint_tells_everything_that_changes_the_file_and_nothing_else() {
    String print = arrange(show(), episode(), NIGHT, 20).fingerprint();
    assertThat(arrange(show(), episode(), NIGHT.plusDays(1), 20).fingerprint()).isEqualTo(print);
    assertThat(arrange(with(show(), "dropTime", "05:00"), episode(), NIGHT, 20).fingerprint())
        .isEqualTo(print);
    List<String> others =
        List.of(
            arrange(show(), episode(), NIGHT, 21).fingerprint(),
            arrange(with(show(), "title", "Other"), episode(), NIGHT, 20).fingerprint(),
            arrange(with(show(), "cover", "https://example.com/other.jpg"), episode(), NIGHT, 20)
                .fingerprint(),
            arrange(with(show(), "outro", "opening"), episode(), NIGHT, 20).fingerprint(),
            arrange(show(), with(episode(), "title", "Other"), NIGHT, 20).fingerprint(),
            arrange(show(), with(episode(), "bodies", List.of(sha(2))), NIGHT, 20).fingerprint(),
            arrange(show(), with(episode(), "chapters", List.of(chapter("1:00", "x"))), NIGHT, 20)
                .fingerprint());
    assertThat(others).doesNotHaveDuplicates().doesNotContain(print);
    // a cue point without an ad cuts nothing, so moving it changes nothing
    assertThat(
            arrange(show(), with(episode(), "cuePoints", List.of("21:00")), NIGHT, 20)
                .fingerprint())
        .isEqualTo(print);
  }

  @Example
  void an_arrangement_without_ads_is_the_whole_body_between_intro_and_outro() {
    Show s = ((Reading.Good<Show>) Show.read(show(), PROFILES)).value();
    Episode e = ((Reading.Good<Episode>) Episode.read(episode(), s, ORIGINALS)).value();
    Arrangement bare = Arrangement.of(s, e, ORIGINALS, NIGHT, List.of(), MP3);
    assertThat(bare.segments())
        .extracting(Segment::kind)
        .containsExactly(Segment.Kind.INTRO, Segment.Kind.BODY, Segment.Kind.OUTRO);
    Timeline timeline = Timeline.of(bare, LAME);
    // 30 s + 1 h + 30 s, the inner edges on frame borders
    assertThat(timeline.length().minusSeconds(3660).abs()).isLessThan(Duration.ofMillis(60));
    List<TimeShift.MovedChapter> chapters = timeline.shift().chapters(e.chapters());
    assertThat(chapters)
        .extracting(m -> m.chapter().title())
        .containsExactly("Start", "Second half");
    assertThat(chapters.get(0).end()).isEqualTo(chapters.get(1).start());
    assertThat(chapters.get(0).start()).isEqualTo(timeline.start(timeline.segments().get(1)));
    Chapter second = chapters.get(1).chapter();
    assertThat(chapters.get(1).start()).isEqualTo(timeline.shift().starts(second.at()));
  }
}
