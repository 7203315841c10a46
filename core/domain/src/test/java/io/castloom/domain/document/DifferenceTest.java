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
  void another_order_is_a_difference() {
    assertThat(Difference.between(Map.of("a", List.of("x", "y")), Map.of("a", List.of("y", "x"))))
        .containsExactly("a: the order becomes y, x");
  }
}
