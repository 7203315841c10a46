package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Tree;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the feed says beyond the show's description.
 *
 * @param link the show's page; empty when there is none
 * @param ownerName whom directories write to; empty when not told
 * @param ownerEmail where they write to; empty when not told
 * @param copyright a line; empty for none
 * @param serial whether episodes are meant to be heard from the first on ({@code itunes:type
 *     serial})
 * @param pageSize how many episodes stand on one page (RFC 5005), 10 to 1,000
 * @param locked whether other hosts may not import the feed ({@code podcast:locked})
 * @param guid the show's UUID ({@code podcast:guid}), or null
 * @param hub the address of a WebSub hub, or null for none
 */
public record FeedSettings(
    String link,
    String ownerName,
    String ownerEmail,
    String copyright,
    boolean serial,
    int pageSize,
    boolean locked,
    @Nullable String guid,
    @Nullable String hub) {
  /** A feed of 100 episodes a page with nothing told. */
  public static final FeedSettings STANDARD =
      new FeedSettings("", "", "", "", false, 100, false, null, null);

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Checks that nothing is null that must not be. */
  public FeedSettings {
    Objects.requireNonNull(link);
    Objects.requireNonNull(ownerName);
    Objects.requireNonNull(ownerEmail);
    Objects.requireNonNull(copyright);
  }

  static FeedSettings read(Fields fields) {
    return new FeedSettings(
        fields.text("link", ""),
        fields.text("ownerName", ""),
        fields.text("ownerEmail", ""),
        fields.text("copyright", ""),
        fields.choice("type", Type.class, Type.EPISODIC) == Type.SERIAL,
        (int) fields.whole("pageSize", 10, 1000, STANDARD.pageSize),
        fields.flag("locked", false),
        fields.textOrNull("guid"),
        fields.textOrNull("hub"));
  }

  Tree tree() {
    return new Tree()
        .put("link", link.isEmpty() ? null : link)
        .put("ownerName", ownerName.isEmpty() ? null : ownerName)
        .put("ownerEmail", ownerEmail.isEmpty() ? null : ownerEmail)
        .put("copyright", copyright.isEmpty() ? null : copyright)
        .put("type", serial ? Type.SERIAL : Type.EPISODIC)
        .put("pageSize", pageSize)
        .put("locked", locked)
        .put("guid", guid)
        .put("hub", hub);
  }

  void check(Problems problems) {
    About.checkAddress("feed.link", link, problems);
    problems.check(
        ownerEmail.isEmpty() || EMAIL.matcher(ownerEmail).matches(),
        "feed.ownerEmail",
        ownerEmail,
        "must be an e-mail address");
    problems.check(
        guid == null || UUID.matcher(guid).matches(),
        "feed.guid",
        String.valueOf(guid),
        "must be a UUID");
    if (hub != null) {
      About.checkAddress("feed.hub", hub, problems);
    }
  }

  private enum Type {
    EPISODIC,
    SERIAL
  }
}
