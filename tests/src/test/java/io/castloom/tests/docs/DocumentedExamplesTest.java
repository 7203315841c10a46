package io.castloom.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.document.Problem;
import io.castloom.domain.job.Samples;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the pages show as an example can be applied as it stands, by what applies documents for
 * everybody; what they call required is, and nothing else; and every field stands in them.
 */
class DocumentedExamplesTest {
  private static final Pattern REQUIRED =
      Pattern.compile("^(\\w+):.*# required(?! of)", Pattern.MULTILINE);

  private final MemoryObjectStore store =
      new MemoryObjectStore("private", new ManualClock(Instant.parse("2026-10-01T00:00:00Z")));
  private final Catalog catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
  private final CatalogEditor editor = new CatalogEditor(store, catalog);

  /** An example in a page. */
  private record Example(String page, String yaml, DocumentKey key, Map<String, Object> tree) {
    static Example of(String page, String kind, DocumentKey key) throws IOException {
      String text = Files.readString(Path.of("..", "docs", page));
      Matcher matcher =
          Pattern.compile("```yaml\n# " + kind + "\n(.*?)```", Pattern.DOTALL).matcher(text);
      assertThat(matcher.find()).as("%s has an example of a %s", page, kind).isTrue();
      String yaml = matcher.group(1);
      return new Example(
          page,
          yaml,
          key,
          new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {}));
    }

    List<String> required() {
      return REQUIRED.matcher(yaml).results().map(m -> m.group(1)).toList();
    }
  }

  private static List<Example> examples() throws IOException {
    return List.of(
        Example.of("shows.md", "show", new DocumentKey.OfShow("talk")),
        Example.of("shows.md", "episode", new DocumentKey.OfEpisode("talk", "first")),
        Example.of("campaigns.md", "creative", new DocumentKey.OfCreative("acme-short")),
        Example.of("campaigns.md", "campaign", new DocumentKey.OfCampaign("acme-autumn")));
  }

  @BeforeEach
  void the_recordings_that_they_name() throws IOException {
    for (Example example : examples()) {
      for (MatchResult name :
          Pattern.compile("[0-9a-f]{64}").matcher(example.yaml()).results().toList()) {
        boolean body = example.key() instanceof DocumentKey.OfEpisode;
        Original some =
            Samples.anOriginal(
                Samples.DEMO, "x.wav", body ? Duration.ofHours(1) : Duration.ofSeconds(20));
        Original original =
            new Original(
                some.account(),
                new Sha256(name.group()),
                some.filename(),
                some.media(),
                some.storedAt());
        store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
        new StoredOriginals(store).describe(original);
      }
    }
  }

  private Applied apply(Example example, Map<String, Object> tree) throws IOException {
    return editor.apply(example.key(), tree, "demo", null, false);
  }

  private void good(Example example, Map<String, Object> tree) throws IOException {
    assertThat(apply(example, tree)).as(example.yaml()).isInstanceOf(Applied.Accepted.class);
  }

  @Test
  void every_example_is_applied_as_it_stands() throws IOException {
    for (Example example : examples()) {
      good(example, example.tree());
    }
  }

  @Test
  void a_document_of_what_is_called_required_is_applied_and_without_one_of_it_is_not()
      throws IOException {
    for (Example example : examples()) {
      Map<String, Object> least = new LinkedHashMap<>(example.tree());
      least.keySet().retainAll(example.required());
      if (example.key() instanceof DocumentKey.OfCampaign) {
        least.put("tier", "house"); // of the others flights are required, as the page says
      }
      assertThat(example.required()).hasSizeGreaterThanOrEqualTo(3);
      for (String field : example.required()) {
        Map<String, Object> without = new LinkedHashMap<>(least);
        without.remove(field);
        if (field.equals("id") || field.equals("show")) {
          continue; // its address says them
        }
        assertThat(apply(example, without))
            .as("%s without %s", example.key(), field)
            .isInstanceOfSatisfying(
                Applied.Refused.class,
                refused ->
                    assertThat(refused.problems()).extracting(Problem::field).contains(field));
      }
      good(example, least);
    }
  }

  @Test
  void every_field_that_is_read_stands_in_the_pages() throws IOException {
    for (Example example : examples()) {
      String page = Files.readString(Path.of("..", "docs", example.page()));
      List<String> missing = new ArrayList<>();
      for (String known : known(example, spoiled(example.tree()))) {
        Pattern shown = Pattern.compile("\\b" + known + ":|\\bor " + known + "\\b");
        if (!shown.matcher(page).find()) {
          missing.add(known);
        }
      }
      assertThat(missing)
          .as("fields of a %s that %s does not show", example.key(), example.page())
          .isEmpty();
      good(example, example.tree());
    }
  }

  /** The names that the refusal of a field which nobody knows tells, at every level. */
  private List<String> known(Example example, Map<String, Object> spoiled) throws IOException {
    List<String> names = new ArrayList<>();
    if (apply(example, spoiled) instanceof Applied.Refused(List<Problem> problems)) {
      for (Problem problem : problems) {
        if (problem.rule().contains("; there are ")) {
          names.addAll(List.of(problem.rule().split("; there are ")[1].split(", ")));
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(4);
    return names.stream().distinct().toList();
  }

  private static Map<String, Object> spoiled(Map<?, ?> tree) {
    Map<String, Object> all = new LinkedHashMap<>();
    tree.forEach((name, value) -> all.put(String.valueOf(name), spoiledValue(value)));
    all.put("qqqqqqqqqqqqqqqqqqqq", 1);
    return all;
  }

  private static Object spoiledValue(Object value) {
    return switch (value) {
      case Map<?, ?> map -> spoiled(map);
      case List<?> list -> list.stream().map(DocumentedExamplesTest::spoiledValue).toList();
      default -> value;
    };
  }
}
