package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import io.castloom.domain.show.Categories;
import io.castloom.domain.show.SlotKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign wants to be heard. An empty list means everywhere.
 *
 * @param shows ids of shows
 * @param categories a main category covers all below it
 * @param languages BCP 47 tags; {@code en} covers {@code en-GB}
 * @param slots kinds of slots
 * @param youngest the least age of an episode in days since its publication, or null
 * @param oldest the greatest age, or null
 */
public record Targeting(
    List<String> shows,
    List<String> categories,
    List<String> languages,
    List<SlotKind> slots,
    @Nullable Long youngest,
    @Nullable Long oldest) {
  /** Everywhere. */
  public static final Targeting ALL =
      new Targeting(List.of(), List.of(), List.of(), List.of(), null, null);

  /** Copies the lists. */
  public Targeting {
    shows = List.copyOf(shows);
    categories = List.copyOf(categories);
    languages = List.copyOf(languages);
    slots = List.copyOf(slots);
  }

  /** Whether a show is meant. */
  public boolean wants(String show, String language, List<String> itsCategories) {
    return (shows.isEmpty() || shows.contains(show))
        && (languages.isEmpty() || languages.stream().anyMatch(l -> covers(l, language)))
        && (categories.isEmpty() || categories.stream().anyMatch(c -> inside(c, itsCategories)));
  }

  /** Whether a kind of slot is meant. */
  public boolean wants(SlotKind kind) {
    return slots.isEmpty() || slots.contains(kind);
  }

  /** Whether an episode of this age in days is meant. */
  public boolean wantsAge(long days) {
    return (youngest == null || days >= youngest) && (oldest == null || days <= oldest);
  }

  /**
   * Whether a language tag covers another one: {@code en} covers {@code en-GB}, but not the other
   * way round.
   */
  public static boolean covers(String wide, String narrow) {
    String w = wide.toLowerCase(Locale.ROOT);
    String n = narrow.toLowerCase(Locale.ROOT);
    return n.equals(w) || n.startsWith(w + "-");
  }

  /** Whether two tags name the same language, whatever the region. */
  public static boolean sameLanguage(String a, String b) {
    return primary(a).equals(primary(b));
  }

  private static String primary(String tag) {
    int cut = tag.indexOf('-');
    return (cut < 0 ? tag : tag.substring(0, cut)).toLowerCase(Locale.ROOT);
  }

  private static boolean inside(String wanted, List<String> categories) {
    String below = Categories.below(wanted);
    return categories.stream()
        .anyMatch(
            c ->
                Categories.top(c).equals(Categories.top(wanted))
                    && (below.isEmpty() || Categories.below(c).equals(below)));
  }

  static Targeting read(Fields fields) {
    return new Targeting(
        fields.texts("shows"),
        fields.texts("categories"),
        fields.texts("languages"),
        fields.choices("slots", SlotKind.class),
        fields.wholeOrNull("minimumAgeDays", 0, 100_000),
        fields.wholeOrNull("maximumAgeDays", 0, 100_000));
  }

  Tree tree() {
    return new Tree()
        .put("shows", shows)
        .put("categories", categories)
        .put("languages", languages)
        .put("slots", slots)
        .put("minimumAgeDays", youngest)
        .put("maximumAgeDays", oldest);
  }
}
