package io.castloom.domain.show;

import static io.castloom.domain.show.Documents.ORIGINALS;
import static io.castloom.domain.show.Documents.aShow;
import static io.castloom.domain.show.Documents.anEpisode;
import static io.castloom.domain.show.Documents.chapter;
import static io.castloom.domain.show.Documents.episode;
import static io.castloom.domain.show.Documents.sha;
import static io.castloom.domain.show.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeTest {
  private static List<String> problems(Map<String, Object> tree) {
    return switch (Episode.read(tree, aShow(), ORIGINALS)) {
      case Reading.Good<Episode> _ -> List.of();
      case Reading.Bad<Episode>(List<Problem> problems) ->
          problems.stream().map(p -> p.toString().replace("episode talk/first: ", "")).toList();
    };
  }

  @Test
  void a_good_episode_is_read_and_written_and_read_again_as_the_same() {
    Episode episode = anEpisode();
    assertThat(Episode.read(episode.tree(), aShow(), ORIGINALS))
        .isEqualTo(new Reading.Good<>(episode));
    assertThat(episode.guid()).isEqualTo("castloom:talk:first");
  }

  @Test
  void a_cue_point_outside_the_recording_is_a_problem() {
    assertThat(problems(with(episode(), "cuePoints", List.of("20:00", "1:00:00"))))
        .containsExactly(
            "cuePoints[1].at = 1:00:00: must lie within the recording, before its end (1:00:00)");
  }

  @Test
  void a_cue_point_nearer_than_the_minimum_distance_is_a_problem() {
    assertThat(problems(with(episode(), "cuePoints", List.of("4:59", "20:00", "24:59.5", "55:01"))))
        .containsExactly(
            "cuePoints[0].at = 4:59: must lie at least 5:00 from the start",
            "cuePoints[2].at = 24:59.5: must lie at least 5:00 from the one before (20:00)",
            "cuePoints[3].at = 55:01: must lie at least 5:00 from the end (1:00:00)");
  }

  @Test
  void cue_points_out_of_order_are_a_problem() {
    assertThat(problems(with(episode(), "cuePoints", List.of("40:00", "20:00"))))
        .containsExactly(
            "cuePoints[1].at = 20:00: must lie at least 5:00 from and after the one before (40:00)");
  }

  @Test
  void cue_points_count_over_all_body_recordings() {
    Map<String, Object> tree = with(episode(), "bodies", List.of(sha(1), sha(2)));
    assertThat(problems(with(tree, "cuePoints", List.of("1:30:00")))).isEmpty();
  }

  @Test
  void a_missing_body_is_a_problem() {
    assertThat(problems(with(episode(), "bodies", List.of(sha(1000)))))
        .containsExactly(
            "bodies[0] = " + sha(1000) + ": is not an original of this account: upload it first");
    assertThat(problems(with(episode(), "bodies", List.of())))
        .containsExactly("bodies: must name at least one recording");
  }

  @Test
  void a_chapter_after_the_end_is_a_problem() {
    assertThat(
            problems(
                with(episode(), "chapters", List.of(chapter("0", "a"), chapter("61:00", "b")))))
        .containsExactly(
            "chapters[1].at = 1:01:00: must lie within the recording, before its end (1:00:00)");
  }

  @Test
  void chapters_out_of_order_are_a_problem() {
    assertThat(
            problems(
                with(episode(), "chapters", List.of(chapter("9:00", "a"), chapter("9:00", "b")))))
        .containsExactly("chapters[1].at = 9:00: must begin after the one before (9:00)");
  }

  @Test
  void a_soundbite_that_overhangs_is_a_problem() {
    assertThat(
            problems(
                with(episode(), "soundbites", List.of(Map.of("at", "59:50", "length", "30s")))))
        .containsExactly(
            "soundbites[0] = 1:00:20: must lie within the recording, before its end (1:00:00)");
  }

  @Test
  void an_unknown_slot_is_a_problem() {
    assertThat(problems(with(episode(), "overrides", Map.of("closed", List.of("mid-9")))))
        .containsExactly(
            "overrides.closed[0] = mid-9: is an unknown slot; there are mid-1, mid-2, post, pre");
  }

  @Test
  void a_broken_vtt_is_a_problem_with_its_line() {
    String vtt =
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nGood\n\n00:00:05.000 --> 00:00:04.000\nBackwards\n\n00:61:00.000 -> x\nNo times\n";
    assertThat(problems(with(episode(), "transcript", Map.of("format", "vtt", "text", vtt))))
        .containsExactly(
            "transcript.text, line 7 = 00:00:04.000: must end after its start (00:00:05.000)",
            "transcript.text, line 10 = 00:61:00.000 -> x: must be a time line such as 00:01:02.500 --> 00:01:04.000");
    assertThat(problems(with(episode(), "transcript", Map.of("format", "vtt", "text", "1\n\n"))))
        .contains(
            "transcript.text, line 1 = 1: a VTT file must begin with WEBVTT (SubRip is taken as such with"
                + " format srt)");
  }

  @Test
  void a_cue_of_a_transcript_is_told_by_its_line() {
    String late = "WEBVTT\n\n00:05.000 --> 00:04.000\na\n\n00:10.000 --> 99:00:00.000\nb\n";
    assertThat(problems(with(episode(), "transcript", Map.of("text", late))))
        .contains("transcript.text, line 6 = 99:00:00: must end within the recording (1:00:00)");
    String back = "WEBVTT\n\n00:10.000 --> 00:14.000\na\n\n00:05.000 --> 00:06.000\nb\n";
    assertThat(problems(with(episode(), "transcript", Map.of("text", back))))
        .containsExactly(
            "transcript.text, line 6 = 0:05: must not begin before the cue before it (0:10)");
    // what stands where WEBVTT should is not also told as a cue without times
    assertThat(problems(with(episode(), "transcript", Map.of("text", "no subtitles")))).hasSize(1);
    assertThat(
            problems(with(episode(), "transcript", Map.of("text", "00:05.000 -> 00:06.000\nb\n"))))
        .hasSize(1);
    assertThat(
            problems(with(episode(), "transcript", Map.of("text", "00:06.000 --> 00:05.000\nb\n"))))
        .hasSize(2);
  }

  @Test
  void a_published_episode_needs_its_date() {
    Map<String, Object> tree = with(episode(), "publishedAt", "yesterday");
    assertThat(problems(tree))
        .containsExactly(
            "publishedAt = yesterday: must be an instant with its offset, such as 2026-11-25T06:00:00Z");
  }

  @Test
  void breaks_follow_the_cue_points_and_the_overrides() {
    Map<String, Object> tree = with(episode(), "overrides", Map.of("closed", List.of("mid-1")));
    Episode episode = ((Reading.Good<Episode>) Episode.read(tree, aShow(), ORIGINALS)).value();
    assertThat(AdBreak.of(aShow(), episode))
        .extracting(AdBreak::name)
        .containsExactly("pre", "mid-2", "post");
    assertThat(AdBreak.of(aShow(), episode).get(1).slot(1)).isEqualTo("mid-2.2");
    assertThat(AdBreak.of(aShow(), episode).get(0).slot(0)).isEqualTo("pre");
  }
}
