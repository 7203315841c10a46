package io.castloom.domain.show;

import static io.castloom.domain.show.Documents.PROFILES;
import static io.castloom.domain.show.Documents.aShow;
import static io.castloom.domain.show.Documents.sha;
import static io.castloom.domain.show.Documents.show;
import static io.castloom.domain.show.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShowTest {
  private static List<String> problems(Map<String, Object> tree) {
    return switch (Show.read(tree, PROFILES)) {
      case Reading.Good<Show> _ -> List.of();
      case Reading.Bad<Show>(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }

  @Test
  void a_good_show_is_read_and_written_and_read_again_as_the_same() {
    Show show = aShow();
    assertThat(show.sound().originals(show.sound().intro())).containsExactly(sha(10));
    assertThat(Show.read(show.tree(), PROFILES)).isEqualTo(new Reading.Good<>(show));
    assertThat(show.problems(PROFILES)).isEmpty();
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    Map<String, Object> tree = with(show(), "zone", "Europe/Atlantis");
    tree.put("titel", "x");
    tree.remove("author");
    tree.put("formats", List.of("mp3-999"));
    tree.put("loudness", -3);
    assertThat(problems(tree))
        .containsExactly(
            "show talk: zone = Europe/Atlantis: must be a time zone such as Europe/Berlin",
            "show talk: author: is missing",
            "show talk: loudness = -3: must be a number from -36.0 to -6.0",
            "show talk: titel: is not a field here; did you mean title?",
            "show talk: formats[0] = mp3-999: is not a profile; there are aac-128, flac, mp3-128, opus-64");
  }

  @Test
  void a_missing_piece_is_a_problem() {
    assertThat(problems(with(show(), "intro", "fanfare")))
        .containsExactly("show talk: intro = fanfare: is not the name of a piece in pieces");
    assertThat(
            problems(
                with(
                    show(),
                    "pieces",
                    Map.of("opening", Map.of("parts", List.of("gong")), "closing", sha(11)))))
        .containsExactly(
            "show talk: pieces.opening.parts[0] = gong: is not the name of a piece in pieces");
  }

  @Test
  void a_piece_that_contains_itself_is_a_problem() {
    Map<String, Object> pieces =
        Map.of(
            "opening", Map.of("parts", List.of("closing")),
            "closing", Map.of("parts", List.of("opening")));
    assertThat(problems(with(show(), "pieces", pieces)))
        .containsExactlyInAnyOrder(
            "show talk: pieces.opening = opening > closing: must not contain itself",
            "show talk: pieces.closing = closing > opening: must not contain itself");
  }

  @Test
  void a_piece_may_use_another_one_twice() {
    Map<String, Object> pieces =
        Map.of(
            "sting",
            sha(10),
            "opening",
            Map.of("parts", List.of("sting", "sting")),
            "closing",
            sha(11));
    assertThat(problems(with(show(), "pieces", pieces))).isEmpty();
  }

  @Test
  void addresses_languages_and_categories_are_checked() {
    assertThat(problems(with(show(), "cover", "cover.jpg")))
        .containsExactly(
            "show talk: cover = cover.jpg: must be an http or https address, or the digest of a stored cover");
    assertThat(problems(with(show(), "language", "english please")))
        .containsExactly(
            "show talk: language = english please: must be a BCP 47 language tag that begins with a language's code, such as en or de-AT");
    assertThat(problems(with(show(), "language", "deutsch"))).hasSize(1);
    assertThat(problems(with(show(), "language", "gsw-CH"))).isEmpty();
    assertThat(problems(with(show(), "categories", List.of("Gossip"))))
        .containsExactly(
            "show talk: categories[0] = Gossip: is not one of Apple's podcast categories");
  }

  @Test
  void a_text_where_a_list_belongs_is_a_problem_and_not_an_exception() {
    assertThat(problems(with(show(), "formats", "mp3-128")))
        .containsExactly("show talk: formats = mp3-128: must be a list");
  }
}
