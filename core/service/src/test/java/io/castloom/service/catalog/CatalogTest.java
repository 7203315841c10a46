package io.castloom.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.job.Samples;
import io.castloom.domain.media.Original;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogTest {

  private static final DocumentKey SHOW = new DocumentKey.OfShow("talk");

  private final MemoryObjectStore store =
      new MemoryObjectStore("private", InstantSource.fixed(Samples.NOW));
  private final Catalog catalog = new Catalog(store, _ -> Set.of("mp3-128", "aac-128"));
  private final CatalogEditor editor = new CatalogEditor(store, catalog);
  private final Original body =
      Samples.anOriginal(Samples.DEMO, "body.wav", Duration.ofMinutes(30));

  @BeforeEach
  void a_recording_is_stored() throws IOException {
    store.put(body.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(body);
  }

  @Test
  void a_document_is_applied_whole_and_read_back() throws IOException {
    assertThat(editor.apply(SHOW, show(), "demo", null, false))
        .isInstanceOfSatisfying(Applied.Accepted.class, a -> assertThat(a.created()).isTrue());

    assertThat(catalog.shows()).containsExactly("talk");
    assertThat(catalog.show("talk").orElseThrow())
        .isInstanceOfSatisfying(
            Reading.Good.class,
            good -> assertThat(((Show) good.value()).about().title()).isEqualTo("Talk"));
  }

  @Test
  void a_dry_run_tells_the_difference_in_words_and_changes_nothing() throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);
    Map<String, Object> other = show();
    other.put("title", "Walk");

    Applied applied = editor.apply(SHOW, other, "demo", null, true);

    assertThat(applied)
        .isInstanceOfSatisfying(
            Applied.Accepted.class,
            a -> assertThat(a.changes()).containsExactly("title: Talk becomes Walk"));
    assertThat(catalog.find(SHOW).orElseThrow().tree()).containsEntry("title", "Talk");
  }

  @Test
  void a_change_of_what_somebody_else_changed_meanwhile_is_stale() throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);
    String read = catalog.find(SHOW).orElseThrow().etag();
    Map<String, Object> other = show();
    other.put("title", "Walk");
    editor.apply(SHOW, other, "demo", read, false);

    assertThat(editor.apply(SHOW, show(), "demo", read, false)).isInstanceOf(Applied.Stale.class);
  }

  @Test
  void another_account_neither_changes_nor_deletes_it() throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);

    assertThat(editor.apply(SHOW, show(), "rival", null, false))
        .isInstanceOf(Applied.Foreign.class);
    assertThat(editor.delete(SHOW, "rival", null)).isInstanceOf(Applied.Foreign.class);
    assertThat(
            editor.apply(new DocumentKey.OfEpisode("talk", "one"), episode(), "rival", null, false))
        .isInstanceOf(Applied.Foreign.class);
  }

  @Test
  void a_show_plays_recordings_of_its_own_account_only() throws IOException {
    Map<String, Object> show = show();
    show.put("pieces", Map.of("sting", body.sha256().hex()));

    assertThat(editor.apply(new DocumentKey.OfShow("walk"), show, "rival", null, false))
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::field, Problem::rule)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                            "pieces.sting.original",
                            "is not an original of this account: upload it first")));
    assertThat(editor.apply(SHOW, show, "demo", null, false)).isInstanceOf(Applied.Accepted.class);
  }

  @Test
  void a_recording_that_is_not_there_is_told_with_all_other_problems() throws IOException {
    Map<String, Object> show = show();
    show.put("pieces", Map.of("sting", "ab".repeat(32)));
    show.put("intro", "stink");

    assertThat(editor.apply(SHOW, show, "demo", null, false))
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r ->
                assertThat(r.problems())
                    .extracting(Problem::field)
                    .containsExactlyInAnyOrder("intro", "pieces.sting.original"));
  }

  @Test
  void what_a_campaign_names_is_not_deleted() throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);
    Original ad = Samples.anOriginal(Samples.DEMO, "ad.wav", Duration.ofSeconds(20));
    store.put(ad.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(ad);
    DocumentKey creative = new DocumentKey.OfCreative("bread");
    List<String> versions = List.of(ad.sha256().hex());
    editor.apply(
        creative,
        Map.of("advertiser", "baker", "language", "en", "versions", versions),
        "demo",
        null,
        false);
    DocumentKey campaign = new DocumentKey.OfCampaign("loaves");
    assertThat(
            editor.apply(
                campaign,
                Map.of(
                    "advertiser",
                    "baker",
                    "tier",
                    "house",
                    "creatives",
                    List.of("bread"),
                    "targeting",
                    Map.of("shows", List.of("talk"))),
                "demo",
                null,
                false))
        .isInstanceOf(Applied.Accepted.class);

    assertThat(editor.delete(creative, "demo", null))
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r ->
                assertThat(r.problems().getFirst().rule())
                    .isEqualTo(
                        "cannot be deleted while campaigns name it (loaves): take it out of their"
                            + " creatives first"));
    assertThat(editor.delete(SHOW, "demo", null))
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r ->
                assertThat(r.problems().getFirst().rule()).contains("(loaves)", "targeting.shows"));

    editor.delete(campaign, "demo", null);
    assertThat(editor.delete(creative, "demo", null)).isInstanceOf(Applied.Accepted.class);
    assertThat(editor.delete(SHOW, "demo", null)).isInstanceOf(Applied.Accepted.class);
  }

  @Test
  void a_document_that_breaks_a_rule_is_refused_with_the_field_and_nothing_is_applied()
      throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);
    Map<String, Object> late = episode();
    late.put("cuePoints", List.of("45:00"));

    Applied applied =
        editor.apply(new DocumentKey.OfEpisode("talk", "one"), late, "demo", null, false);

    assertThat(applied)
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r -> assertThat(r.problems()).extracting(Problem::field).contains("cuePoints[0].at"));
    assertThat(catalog.episodes("talk")).isEmpty();
  }

  @Test
  void an_id_that_is_not_the_address_is_a_problem() throws IOException {
    Map<String, Object> other = show();
    other.put("id", "walk");

    assertThat(editor.apply(SHOW, other, "demo", null, false))
        .isInstanceOfSatisfying(
            Applied.Refused.class,
            r -> assertThat(r.problems().getFirst().rule()).startsWith("must be talk"));
  }

  @Test
  void an_episode_needs_its_show_and_a_show_outlives_its_episodes() throws IOException {
    DocumentKey one = new DocumentKey.OfEpisode("talk", "one");
    assertThat(editor.apply(one, episode(), "demo", null, false))
        .isInstanceOf(Applied.Refused.class);

    editor.apply(SHOW, show(), "demo", null, false);
    assertThat(editor.apply(one, episode(), "demo", null, false))
        .isInstanceOf(Applied.Accepted.class);
    assertThat(editor.delete(SHOW, "demo", null)).isInstanceOf(Applied.Refused.class);

    editor.delete(one, "demo", null);
    assertThat(editor.delete(SHOW, "demo", null)).isInstanceOf(Applied.Accepted.class);
    assertThat(catalog.shows()).isEmpty();
    assertThat(catalog.find(SHOW)).isEmpty();
    assertThat(editor.apply(SHOW, show(), "demo", "", false)).isInstanceOf(Applied.Accepted.class);
    assertThat(catalog.shows()).containsExactly("talk");
    assertThat(catalog.episodes("talk")).isEmpty();
  }

  @Test
  void a_document_that_changed_since_it_was_read_is_not_deleted() throws IOException {
    editor.apply(SHOW, show(), "demo", null, false);
    String read = catalog.find(SHOW).orElseThrow().etag();
    Map<String, Object> other = show();
    other.put("title", "Walk");
    editor.apply(SHOW, other, "demo", null, false);

    assertThat(editor.delete(SHOW, "demo", read)).isInstanceOf(Applied.Stale.class);
    assertThat(catalog.find(SHOW)).isPresent();
    String now = catalog.find(SHOW).orElseThrow().etag();
    assertThat(editor.delete(SHOW, "demo", now)).isInstanceOf(Applied.Accepted.class);
  }

  private static Map<String, Object> show() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", "Talk");
    tree.put("language", "en");
    tree.put("description", "People who talk.");
    tree.put("author", "Ann Author");
    tree.put("cover", "https://example.org/cover.jpg");
    tree.put("categories", List.of("Technology"));
    tree.put("formats", List.of("mp3-128"));
    return tree;
  }

  private Map<String, Object> episode() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", "One");
    tree.put("bodies", List.of(body.sha256().hex()));
    tree.put("cuePoints", List.of("10:00"));
    return tree;
  }
}
