package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Slug;
import io.castloom.domain.document.Timecode;
import io.castloom.domain.document.Tree;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A show as its owner wrote it. The record may hold anything; {@link #problems} tells whether it
 * may be applied.
 *
 * @param id a slug, see {@link Slug}
 * @param account who owns it
 * @param about what listeners read
 * @param feed what the feed says beyond
 * @param sound formats, pieces, loudness
 * @param breaks the arrangement template
 * @param dropTime when its nights begin and its episodes appear, in {@code zone}
 * @param zone the zone of its dates and times
 */
public record Show(
    String id,
    String account,
    About about,
    FeedSettings feed,
    Sound sound,
    BreakTemplate breaks,
    LocalTime dropTime,
    ZoneId zone) {
  /** When the nightly run begins for shows that do not say. */
  public static final LocalTime STANDARD_DROP_TIME = LocalTime.of(3, 0);

  /** The zone of shows that name none, by the name that people know. */
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** Checks that nothing is null. */
  public Show {
    Objects.requireNonNull(id);
    Objects.requireNonNull(account);
    Objects.requireNonNull(about);
    Objects.requireNonNull(feed);
    Objects.requireNonNull(sound);
    Objects.requireNonNull(breaks);
    Objects.requireNonNull(dropTime);
    Objects.requireNonNull(zone);
  }

  /**
   * Reads a show's document.
   *
   * @param tree the document's fields
   * @param profiles the profiles that exist, for {@code formats}
   */
  public static Reading<Show> read(Map<String, ?> tree, Set<String> profiles) {
    return read(tree, profiles, null);
  }

  /**
   * Reads a show's document that is to be applied: its pieces may name recordings of its account
   * only.
   */
  public static Reading<Show> readNew(
      Map<String, ?> tree, Set<String> profiles, Originals originals) {
    return read(tree, profiles, originals);
  }

  private static Reading<Show> read(
      Map<String, ?> tree, Set<String> profiles, @Nullable Originals originals) {
    Problems problems = new Problems("show " + tree.get("id"));
    Fields fields = Fields.of(tree, problems);
    FeedSettings feed = fields.inside("feed", FeedSettings::read);
    BreakTemplate breaks = fields.inside("breaks", BreakTemplate::read);
    LocalTime drop =
        fields.parsed("dropTime", LocalTime::parse, "must be a time of day such as 03:00");
    ZoneId zone = fields.parsed("zone", ZoneId::of, "must be a time zone such as Europe/Berlin");
    Show show =
        new Show(
            fields.text("id"),
            fields.text("account"),
            About.read(fields),
            feed == null ? FeedSettings.STANDARD : feed,
            Sound.read(fields),
            breaks == null ? BreakTemplate.STANDARD : breaks,
            drop == null ? STANDARD_DROP_TIME : drop,
            zone == null ? UTC : zone);
    fields.noOthers();
    show.check(profiles, problems);
    if (originals != null) {
      show.checkRecordings(originals, problems);
    }
    return Reading.of(show, problems);
  }

  /** Everything that keeps this show from being applied; empty when it is good. */
  public List<Problem> problems(Set<String> profiles) {
    Problems problems = new Problems("show " + id);
    check(profiles, problems);
    return problems.list();
  }

  private void checkRecordings(Originals originals, Problems problems) {
    sound
        .pieces()
        .forEach(
            (name, piece) -> {
              if (piece instanceof PieceSource.Original(String sha256) && Slug.sha256(sha256)) {
                problems.check(
                    originals.find(sha256) != null,
                    "pieces." + name + ".original",
                    sha256,
                    "is not an original of this account: upload it first");
              }
            });
  }

  /** The same with another cover. */
  public Show withCover(String cover) {
    return new Show(id, account, about.withCover(cover), feed, sound, breaks, dropTime, zone);
  }

  private void check(Set<String> profiles, Problems problems) {
    problems.check(id.isEmpty() || Slug.valid(id), "id", id, Slug.RULE);
    about.check(problems);
    feed.check(problems);
    sound.check(profiles, problems);
    problems.check(
        breaks.leastDistance().toSeconds() >= 10,
        "breaks.minimumDistance",
        Timecode.format(breaks.leastDistance()),
        "must be at least 10 seconds");
  }

  /** What {@link #read} reads: the document with its defaults filled in. */
  public Map<String, Object> tree() {
    Tree tree = new Tree().put("id", id).put("account", account);
    about.put(tree);
    tree.put("feed", feed.tree());
    sound.put(tree);
    return tree.put("breaks", BreakTemplate.tree(breaks))
        .put("dropTime", dropTime)
        .put("zone", zone.getId())
        .map();
  }
}
