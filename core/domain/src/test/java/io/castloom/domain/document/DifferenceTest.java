package io.castloom.domain.document;

import static io.castloom.domain.show.Documents.aShow;
import static io.castloom.domain.show.Documents.anEpisode;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void the_same_document_has_no_difference() {
    assertThat(Difference.between(aShow().tree(), aShow().tree())).isEmpty();
  }

  @Test
  void changes_are_told_in_words() {
    Map<String, Object> after = aShow().tree();
    after.put("title", "Talk of the City");
    after.put("formats", List.of("flac", "mp3-128"));
    after.remove("outro");
    after.put("breaks", Map.of("pre", Map.of("slots", 2, "maxSeconds", 30)));
    assertThat(Difference.between(aShow().tree(), after))
        .containsExactly(
            "title: \"Talk of the Town\" becomes \"Talk of the City\"",
            "formats: aac-128 is removed",
            "formats: flac is added",
            "outro: closing is removed",
            "breaks.pre.slots: 1 becomes 2",
            "breaks.mid: slots 2, maxSeconds 60 is removed",
            "breaks.post: slots 1, maxSeconds 30 is removed",
            "breaks.mostMids: 20 is removed",
            "breaks.minimumDistance: 5:00 is removed");
  }

  @Test
  void a_moved_cue_point_does_not_make_the_others_look_changed() {
    Map<String, Object> after = anEpisode().tree();
    after.put(
        "cuePoints", List.of(Map.of("at", "10:00"), Map.of("at", "20:00"), Map.of("at", "40:00")));
    assertThat(Difference.between(anEpisode().tree(), after))
        .containsExactly("cuePoints: at 10:00 is added");
  }

  @Test
  void a_change_at_the_end_of_a_long_text_is_seen_and_a_text_of_lines_is_told_on_one() {
    String notes = "In this episode we talk about everything that there is to talk about. ";
    assertThat(
            Difference.between(
                Map.of("notes", notes + "With Ann."), Map.of("notes", notes + "With Bob.")))
        .containsExactly(
            "notes: \"...to talk about. With Ann.\" becomes \"...to talk about. With Bob.\"");
    assertThat(Difference.between(Map.of(), Map.of("text", "WEBVTT\n\n00:01.000 -->\n")))
        .containsExactly("text: \"WEBVTT 00:01.000 -->\" is added");
    assertThat(
            Difference.between(Map.of("cover", "ab".repeat(32)), Map.of("cover", "cd".repeat(32))))
        .containsExactly("cover: abababababab... becomes cdcdcdcdcdcd...");
  }

  @Test
  void another_order_is_a_difference() {
    assertThat(Difference.between(Map.of("a", List.of("x", "y")), Map.of("a", List.of("y", "x"))))
        .containsExactly("a: the order becomes y, x");
  }
}
