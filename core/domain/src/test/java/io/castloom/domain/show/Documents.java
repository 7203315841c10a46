package io.castloom.domain.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Documents as their owners would write them, good ones, for tests to spoil. */
public final class Documents {
  public static final Set<String> PROFILES = Set.of("mp3-128", "aac-128", "opus-64", "flac");

  private Documents() {}

  /** A SHA-256 that reads like the number. */
  public static String sha(int number) {
    return String.format(java.util.Locale.ROOT, "%064x", number);
  }

  /** Originals 1 to 9 last an hour, 10 to 99 half a minute; there are no others. */
  public static final Originals ORIGINALS =
      sha256 -> {
        if (!sha256.startsWith("0".repeat(60))) {
          return null;
        }
        int number = Integer.parseInt(sha256, 16);
        return number == 0 || number > 99
            ? null
            : new Originals.Facts(
                sha256, number < 10 ? Duration.ofHours(1) : Duration.ofSeconds(30));
      };

  /** A complete show, {@code talk}. */
  public static Map<String, Object> show() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", "talk");
    tree.put("account", "demo");
    tree.put("title", "Talk of the Town");
    tree.put("language", "en-GB");
    tree.put("description", "People who talk.");
    tree.put("author", "Ann Author");
    tree.put("cover", "https://example.org/cover.jpg");
    tree.put("categories", List.of("Technology", "Society & Culture > Documentary"));
    tree.put("formats", List.of("mp3-128", "aac-128"));
    tree.put(
        "pieces",
        Map.of("sting", sha(10), "opening", Map.of("parts", List.of("sting")), "closing", sha(11)));
    tree.put("intro", "opening");
    tree.put("outro", "closing");
    tree.put(
        "breaks",
        new LinkedHashMap<>(
            Map.of(
                "pre", Map.of("slots", 1, "maxSeconds", 30),
                "mid", Map.of("slots", 2, "maxSeconds", 60),
                "post", Map.of("slots", 1, "maxSeconds", 30),
                "minimumDistance", "5m")));
    tree.put("dropTime", "03:30");
    tree.put("zone", "Europe/Berlin");
    return tree;
  }

  /** A complete episode of it, {@code first}. */
  public static Map<String, Object> episode() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("show", "talk");
    tree.put("id", "first");
    tree.put("title", "The first");
    tree.put("bodies", List.of(sha(1)));
    tree.put("cuePoints", new ArrayList<>(List.of("20:00", "40:00")));
    tree.put("chapters", List.of(chapter("0", "Start"), chapter("30:00", "Second half")));
    tree.put("soundbites", List.of(Map.of("at", "10:00", "length", "30s", "title", "Best of")));
    tree.put("state", "published");
    tree.put("publishedAt", "2026-11-01T06:00:00Z");
    return tree;
  }

  public static Map<String, Object> chapter(String at, String title) {
    return Map.of("at", at, "title", title);
  }

  /** The tree with one field changed. */
  public static Map<String, Object> with(Map<String, Object> tree, String field, Object value) {
    Map<String, Object> copy = new HashMap<>(tree);
    copy.put(field, value);
    return copy;
  }

  public static Show aShow() {
    return ((io.castloom.domain.document.Reading.Good<Show>) Show.read(show(), PROFILES)).value();
  }

  public static Episode anEpisode() {
    return ((io.castloom.domain.document.Reading.Good<Episode>)
            Episode.read(episode(), aShow(), ORIGINALS))
        .value();
  }
}
