package io.castloom.assembler.feed;

import io.castloom.domain.arrangement.TimeShift;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Transcript;
import io.castloom.domain.show.transcript.Cue;
import io.castloom.domain.show.transcript.TranscriptText;
import java.util.List;

/**
 * A transcript at the times at which it is spoken in an episode.
 *
 * @param vtt as WebVTT
 * @param srt as SubRip
 */
public record ShiftedTranscript(String vtt, String srt) {
  /** The media type of WebVTT. */
  public static final String VTT_TYPE = "text/vtt";

  /** The media type of SubRip, as the podcast namespace has it. */
  public static final String SRT_TYPE = "application/x-subrip";

  /** Moves a transcript of the body; a broken one is refused with its problems. */
  public static Reading<ShiftedTranscript> of(
      String document, String text, Transcript.Format format, TimeShift shift) {
    Problems problems = new Problems(document);
    List<Cue> moved = shift.captions(TranscriptText.read("transcript", text, format, problems));
    return Reading.of(
        new ShiftedTranscript(
            TranscriptText.write(moved, Transcript.Format.VTT),
            TranscriptText.write(moved, Transcript.Format.SRT)),
        problems);
  }
}
