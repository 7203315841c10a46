package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Tree;
import java.net.URI;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What listeners read about a show.
 *
 * @param title 1 to 255 characters
 * @param language a BCP 47 tag such as {@code en} or {@code de-AT}
 * @param description plain text or simple HTML, at most 4,000 bytes (Apple's limit)
 * @param author who makes it
 * @param cover the address of a square JPEG or PNG, or the digest of a stored one: see {@link
 *     CoverSource}
 * @param explicit whether it is for adults
 * @param categories Apple's categories, {@code Technology} or {@code Society & Culture >
 *     Documentary}; the first one is the main one
 */
public record About(
    String title,
    String language,
    String description,
    String author,
    String cover,
    boolean explicit,
    List<String> categories) {
  /** Apple's limit for a description, in bytes of UTF-8. */
  public static final int LONGEST_DESCRIPTION = 4000;

  /** Directories know languages by their codes (ISO 639): {@code deutsch} is none of theirs. */
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  /** ISO 639-2 and 639-3, of which the platform has no list; for languages without a short code. */
  private static final int THREE_LETTERS = 3;

  /** Copies the list and checks that nothing is null. */
  public About {
    Objects.requireNonNull(title);
    Objects.requireNonNull(language);
    Objects.requireNonNull(description);
    Objects.requireNonNull(author);
    Objects.requireNonNull(cover);
    categories = List.copyOf(categories);
  }

  static About read(Fields fields) {
    return new About(
        fields.text("title"),
        fields.text("language"),
        fields.text("description"),
        fields.text("author"),
        fields.text("cover"),
        fields.flag("explicit", false),
        fields.texts("categories"));
  }

  void put(Tree tree) {
    tree.put("title", title)
        .put("language", language)
        .put("description", description)
        .put("author", author)
        .put("cover", cover)
        .put("explicit", explicit)
        .put("categories", categories);
  }

  void check(Problems problems) {
    problems.check(title.length() <= 255, "title", title, "must have at most 255 characters");
    checkLanguage("language", language, problems);
    int bytes = description.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    problems.check(
        bytes <= LONGEST_DESCRIPTION,
        "description",
        bytes + " bytes",
        "must have at most " + LONGEST_DESCRIPTION + " bytes");
    CoverSource.check(cover, problems);
    problems.check(!categories.isEmpty(), "categories", "", "must name at least one category");
    for (int i = 0; i < categories.size(); i++) {
      String category = categories.get(i);
      String field = "categories[" + i + "]";
      problems.check(
          Categories.known(category), field, category, "is not one of Apple's podcast categories");
      problems.check(
          categories.indexOf(category) == i, field, category, "stands in the list twice");
    }
  }

  /** Notes a language that is not a BCP 47 tag. */
  public static void checkLanguage(String field, String language, Problems problems) {
    if (language.isEmpty()) {
      return; // already told as missing
    }
    boolean known;
    try {
      String primary = new Locale.Builder().setLanguageTag(language).build().getLanguage();
      known = LANGUAGES.contains(primary) || primary.length() == THREE_LETTERS;
    } catch (IllformedLocaleException e) {
      known = false;
    }
    problems.check(
        known,
        field,
        language,
        "must be a BCP 47 language tag that begins with a language's code, such as en or de-AT");
  }

  static void checkAddress(String field, String address, Problems problems) {
    if (address.isEmpty()) {
      return; // already told as missing, or allowed to be absent
    }
    problems.check(isAddress(address), field, address, "must be an http or https address");
  }

  static boolean isAddress(String address) {
    try {
      URI uri = URI.create(address);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The same with another cover. */
  About withCover(String other) {
    return new About(title, language, description, author, other, explicit, categories);
  }
}
