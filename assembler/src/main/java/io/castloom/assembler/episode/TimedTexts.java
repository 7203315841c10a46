package io.castloom.assembler.episode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.assembler.feed.JsonChapters;
import io.castloom.assembler.feed.ShiftedTranscript;
import io.castloom.domain.arrangement.TimeShift;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Transcript;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;

/**
 * Publishes chapters and transcripts of a media version at the times at which they sound in it.
 * Their keys carry the version, so they never change.
 */
final class TimedTexts {

  private final ObjectStore target;

  /**
   * @param target the public bucket
   */
  TimedTexts(ObjectStore target) {
    this.target = target;
  }

  /** Publishes what the episode has of them. */
  TimedParts publish(Episode episode, String version, Timeline timeline) throws IOException {
    TimeShift shift = timeline.shift();
    String name = episode.show() + "/" + episode.id() + "/" + version;
    String chapters = "";
    if (!episode.chapters().isEmpty()) {
      chapters = "chapters/" + name + ".json";
      put(
          chapters,
          JsonChapters.MEDIA_TYPE,
          JsonChapters.write(shift.chapters(episode.chapters())));
    }
    String vtt = "";
    String srt = "";
    Transcript transcript = episode.transcript();
    String text = transcript == null ? null : transcript.text();
    if (transcript != null
        && text != null
        && ShiftedTranscript.of(
                "episode " + episode.show() + "/" + episode.id(), text, transcript.format(), shift)
            instanceof Reading.Good<ShiftedTranscript>(ShiftedTranscript moved)) {
      vtt = "transcripts/" + name + ".vtt";
      srt = "transcripts/" + name + ".srt";
      put(vtt, ShiftedTranscript.VTT_TYPE, moved.vtt());
      put(srt, ShiftedTranscript.SRT_TYPE, moved.srt());
    }
    return new TimedParts(chapters, vtt, srt, shift.soundbites(episode.soundbites()));
  }

  private void put(String key, String mediaType, String text) throws IOException {
    target.put(key, ObjectData.of(text.getBytes(UTF_8), mediaType), PutCondition.ifAbsent());
  }
}
