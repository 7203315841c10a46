package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Slug;
import io.castloom.domain.document.Timecode;
import io.castloom.domain.document.Tree;
import io.castloom.domain.show.About;
import io.castloom.domain.show.Originals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An ad: one message in one or more recorded versions. Listeners take all its versions for the same
 * ad.
 *
 * @param id a slug
 * @param account who uploaded it
 * @param advertiser whose message it is
 * @param title for people
 * @param language a BCP 47 tag
 * @param versions at least one
 */
public record Creative(
    String id,
    String account,
    String advertiser,
    String title,
    String language,
    List<Version> versions) {
  /** The longest ad that can be booked. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * One recording of the message.
   *
   * @param original its name (SHA-256)
   * @param weight its share of the insertions among the versions, 1 to 1,000
   * @param length how long it sounds
   */
  public record Version(String original, int weight, Duration length) {
    /** Checks that nothing is null. */
    public Version {
      Objects.requireNonNull(original);
      Objects.requireNonNull(length);
    }

    private Tree tree() {
      return new Tree().put("original", original).put("weight", weight);
    }
  }

  /** Copies the list and checks that nothing is null. */
  public Creative {
    Objects.requireNonNull(id);
    Objects.requireNonNull(account);
    Objects.requireNonNull(advertiser);
    Objects.requireNonNull(title);
    Objects.requireNonNull(language);
    versions = List.copyOf(versions);
  }

  /**
   * Reads a creative's document; the lengths come from the recordings, which have to be uploaded
   * before.
   */
  public static Reading<Creative> read(Map<String, ?> tree, Originals originals) {
    Problems problems = new Problems("creative " + tree.get("id"));
    Fields fields = Fields.of(tree, problems);
    Creative creative =
        new Creative(
            fields.text("id"),
            fields.text("account"),
            fields.text("advertiser"),
            fields.text("title", ""),
            fields.text("language"),
            fields.each("versions", "original", f -> version(f, originals)));
    fields.noOthers();
    creative.check(originals, problems);
    return Reading.of(creative, problems);
  }

  private static Version version(Fields fields, Originals originals) {
    String original = fields.text("original");
    Originals.Facts facts = originals.find(original);
    return new Version(
        original,
        (int) fields.whole("weight", 1, 1000, 1),
        facts == null ? Duration.ZERO : facts.length());
  }

  /** Everything that keeps this creative from being applied; empty when it is good. */
  public List<Problem> problems(Originals originals) {
    Problems problems = new Problems("creative " + id);
    check(originals, problems);
    return problems.list();
  }

  private void check(Originals originals, Problems problems) {
    problems.check(id.isEmpty() || Slug.valid(id), "id", id, Slug.RULE);
    About.checkLanguage("language", language, problems);
    problems.check(!versions.isEmpty(), "versions", "", "must have at least one version");
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      String field = "versions[" + i + "].original";
      problems.check(
          !seen.contains(version.original), field, version.original, "stands in the list twice");
      seen.add(version.original);
      if (!Slug.sha256(version.original)) {
        problems.add(
            field, version.original, "must be the SHA-256 of an original, 64 hexadecimal digits");
      } else if (originals.find(version.original) == null) {
        problems.add(
            field, version.original, "is not an original of this account: upload it first");
      } else if (version.length.compareTo(LONGEST) > 0) {
        problems.add(
            field,
            Timecode.format(version.length),
            "must last at most " + Timecode.format(LONGEST));
      }
    }
  }

  /** What {@link #read} reads. */
  public Map<String, Object> tree() {
    return new Tree()
        .put("id", id)
        .put("account", account)
        .put("advertiser", advertiser)
        .put("title", title.isEmpty() ? null : title)
        .put("language", language)
        .put("versions", versions.stream().map(Version::tree).toList())
        .map();
  }
}
