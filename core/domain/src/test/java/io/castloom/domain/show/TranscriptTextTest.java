package io.castloom.domain.show;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problems;
import io.castloom.domain.show.transcript.Cue;
import io.castloom.domain.show.transcript.TranscriptText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TranscriptTextTest {
  @Example
  void vtt_with_notes_styles_and_settings_is_read() {
    Problems problems = new Problems("t");
    List<Cue> cues =
        TranscriptText.read(
            "text",
            "\uFEFFWEBVTT - talk\r\nKind: captions\r\n\r\nNOTE made by hand\r\n\r\nSTYLE\r\n::cue{}\r\n\r\nintro\r\n00:01.000 --> 00:02.500 align:start\r\n<v Ann>Hello\r\nworld\r\n\r\n",
            Transcript.Format.VTT,
            problems);
    assertThat(problems.list()).isEmpty();
    assertThat(cues)
        .containsExactly(
            new Cue(
                "intro",
                Duration.ofSeconds(1),
                Duration.ofMillis(2500),
                "align:start",
                "<v Ann>Hello\nworld"));
    assertThat(TranscriptText.write(cues, Transcript.Format.SRT))
        .isEqualTo("1\n00:00:01,000 --> 00:00:02,500\nAnn: Hello\nworld\n\n");
  }

  @Example
  void a_file_without_cues_is_a_problem() {
    Problems problems = new Problems("t");
    assertThat(TranscriptText.read("text", "WEBVTT\n", Transcript.Format.VTT, problems)).isEmpty();
    assertThat(problems.list())
        .extracting(Object::toString)
        .containsExactly("t: text: has no cues".replace("text: ", "text: "));
  }

  @Property(tries = 200)
  void what_is_written_is_read_back(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9_999_999) Integer> gaps,
      @ForAll Transcript.Format format) {
    List<Cue> cues = new ArrayList<>();
    long at = 0;
    for (int gap : gaps) {
      cues.add(
          new Cue(
              format == Transcript.Format.SRT ? "" + (cues.size() + 1) : "",
              Duration.ofMillis(at),
              Duration.ofMillis(at + gap),
              "",
              "word " + gap));
      at += gap;
    }
    Problems problems = new Problems("t");
    assertThat(TranscriptText.read("text", TranscriptText.write(cues, format), format, problems))
        .isEqualTo(cues);
    assertThat(problems.list()).isEmpty();
  }
}
