package io.castloom.assembler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.arrangement.TimeShift;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.SlotKind;
import io.castloom.domain.show.Transcript;
import io.castloom.service.json.Json;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Chapters and transcripts of one arrangement: intro 30 s, body 20 minutes, ad 30 s, body 40
 * minutes, outro.
 */
class TimedTextTest {
  private static final Show SHOW = Documents.aShow();
  private static final Episode EPISODE = Documents.anEpisode();

  /** Frames of 50 samples at 1,000 Hz: every time of the test lies on a frame. */
  private static final TimeShift SHIFT =
      Timeline.of(
              Arrangement.of(
                  SHOW,
                  EPISODE,
                  Documents.ORIGINALS,
                  LocalDate.of(2026, 11, 10),
                  List.of(
                      new SlotPlan(
                          "mid-1.1", SlotKind.MID, new Placement("acme", "ad", Documents.sha(20)))),
                  new Rendering("mp3-128", "lame")),
              original ->
                  PieceGrid.of(1000, 50, original.equals(Documents.sha(1)) ? 72_000 : 600, 0, 0))
          .shift();

  @Test
  void chapters_are_written_where_they_sound() throws Exception {
    JsonNode json = Json.mapper().readTree(JsonChapters.write(SHIFT.chapters(EPISODE.chapters())));
    assertThat(json.get("version").asString()).isEqualTo("1.2.0");
    JsonNode chapters = json.get("chapters");
    assertThat(chapters.size()).isEqualTo(2);
    assertThat(chapters.get(0).get("startTime").asDouble()).isEqualTo(30);
    assertThat(chapters.get(0).get("endTime").asDouble()).isEqualTo(30 + 1800 + 30);
    assertThat(chapters.get(1).get("startTime").asDouble()).isEqualTo(30 + 1800 + 30);
    assertThat(chapters.get(1).get("endTime").asDouble()).isEqualTo(30 + 3600 + 30);
    assertThat(chapters.get(1).get("title").asString()).isEqualTo("Second half");
    assertThat(chapters.get(1).has("toc")).isFalse();
  }

  @Test
  void a_transcript_is_moved_and_a_caption_at_the_cut_is_shown_on_both_sides() {
    String vtt =
        "WEBVTT\n\n00:19:50.000 --> 00:19:58.000\nBefore\n\n00:19:58.000 --> 00:20:04.000\nAcross\n\n00:20:04.000 --> 00:20:06.500\nAfter\n";
    Reading<ShiftedTranscript> read =
        ShiftedTranscript.of("episode talk/first", vtt, Transcript.Format.VTT, SHIFT);
    assertThat(read)
        .isEqualTo(
            new Reading.Good<>(
                new ShiftedTranscript(
                    "WEBVTT\n\n00:20:20.000 --> 00:20:28.000\nBefore\n\n00:20:28.000 --> 00:20:30.000\nAcross\n\n00:21:00.000 --> 00:21:04.000\nAcross\n\n00:21:04.000 --> 00:21:06.500\nAfter\n\n",
                    "1\n00:20:20,000 --> 00:20:28,000\nBefore\n\n2\n00:20:28,000 --> 00:20:30,000\nAcross\n\n3\n00:21:00,000 --> 00:21:04,000\nAcross\n\n4\n00:21:04,000 --> 00:21:06,500\nAfter\n\n")));
  }

  @Test
  void a_broken_transcript_is_refused() {
    Reading<ShiftedTranscript> read =
        ShiftedTranscript.of("episode talk/first", "nothing", Transcript.Format.VTT, SHIFT);
    assertThat(read).isInstanceOf(Reading.Bad.class);
  }
}
