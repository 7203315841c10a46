package io.castloom.domain.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Whatever stands in a document, reading it ends in a value or in problems, and never in an
 * exception.
 */
class ReadingProperties {
  private static final List<@Nullable Object> JUNK =
      Arrays.asList(
          null,
          "",
          " ",
          "x",
          -1,
          0,
          1e308,
          Double.NaN,
          Long.MAX_VALUE,
          true,
          List.of(),
          Map.of(),
          "99:99",
          "-5s",
          "9999999h",
          Arrays.asList((Object) null),
          List.of(List.of()),
          Map.of("x", Map.of()),
          "2026-13-99",
          "+1000000000-01-01T00:00:00Z",
          Documents.sha(1),
          "WEBVTT\n\n00:00:00.000 --> 99999:00:00.000\nx",
          "\uD800",
          "a".repeat(5000));

  private static Map<String, Object> campaign() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", "c");
    tree.put("account", "demo");
    tree.put("advertiser", "acme");
    tree.put("creatives", List.of("ad"));
    tree.put("flights", List.of(Map.of("from", "2026-11-01", "to", "2026-11-30")));
    tree.put("goal", Map.of("insertions", 3000));
    tree.put(
        "targeting",
        Map.of("slots", List.of("pre"), "shows", List.of("talk"), "maximumAgeDays", 9));
    tree.put("exclusions", Map.of("groups", List.of("cars"), "within", "break"));
    tree.put("caps", Map.of("perEpisode", 1));
    return tree;
  }

  private static Map<String, Object> creative() {
    return Map.of(
        "id",
        "ad",
        "account",
        "demo",
        "advertiser",
        "acme",
        "language",
        "en",
        "versions",
        List.of(Map.of("original", Documents.sha(20), "weight", 2)));
  }

  /** Puts junk into one to three places, at any depth. */
  private static Map<String, Object> spoilt(Map<String, Object> tree, Random random) {
    @Nullable Object spoilt = tree;
    for (int i = 0; i <= random.nextInt(3); i++) {
      spoilt = spoil(spoilt, random, true);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    ((Map<?, ?>) java.util.Objects.requireNonNull(spoilt))
        .forEach((k, v) -> put(result, String.valueOf(k), v));
    return result;
  }

  @SuppressWarnings("NullAway") // a JSON null is a null in the tree
  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    map.put(key, value);
  }

  private static @Nullable Object spoil(@Nullable Object value, Random random, boolean top) {
    if (!top && random.nextInt(3) == 0) {
      return JUNK.get(random.nextInt(JUNK.size()));
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      List<Object> keys = new ArrayList<>(map.keySet());
      Object chosen = keys.get(random.nextInt(keys.size()));
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach(
          (k, v) -> put(copy, String.valueOf(k), k.equals(chosen) ? spoil(v, random, false) : v));
      return copy;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int at = random.nextInt(copy.size());
      copy.set(at, spoil(copy.get(at), random, false));
      return copy;
    }
    return JUNK.get(random.nextInt(JUNK.size()));
  }

  private static Reading<?> read(int kind, Map<String, Object> tree) {
    Show show = Documents.aShow();
    return switch (kind) {
      case 0 -> Show.read(tree, Documents.PROFILES);
      case 1 -> Episode.read(tree, show, Documents.ORIGINALS);
      case 2 -> Creative.read(tree, Documents.ORIGINALS);
      default -> {
        Creative ad =
            ((Reading.Good<Creative>) Creative.read(creative(), Documents.ORIGINALS)).value();
        yield Campaign.read(tree, List.of(ad), List.of(show));
      }
    };
  }

  private static Map<String, Object> tree(Object document) {
    return switch (document) {
      case Show show -> show.tree();
      case Episode episode -> episode.tree();
      case Creative creative -> creative.tree();
      case Campaign campaign -> campaign.tree();
      default -> throw new AssertionError(document);
    };
  }

  @Property(tries = 3000)
  void no_document_makes_the_reader_fall_over_and_a_good_one_is_written_as_it_is_read(
      @ForAll long seed) {
    Random random = new Random(seed);
    int kind = random.nextInt(4);
    Map<String, Object> tree =
        switch (kind) {
          case 0 -> Documents.show();
          case 1 -> {
            Map<String, Object> episode = Documents.episode();
            episode.put(
                "transcript",
                Map.of("format", "srt", "text", "1\n00:00:00,000 --> 00:00:01,000\nx"));
            episode.put("overrides", Map.of("closed", List.of("pre"), "intro", "sting"));
            yield episode;
          }
          case 2 -> creative();
          default -> campaign();
        };
    Reading<?> reading = read(kind, spoilt(tree, random));
    switch (reading) {
      case Reading.Bad<?>(List<Problem> problems) ->
          assertThat(problems).allSatisfy(p -> assertThat(p.rule()).isNotBlank());
      case Reading.Good<?>(Object value) -> assertThat(read(kind, tree(value))).isEqualTo(reading);
    }
  }
}
