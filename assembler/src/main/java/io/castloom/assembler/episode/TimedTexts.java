package io.castloom.assembler.episode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.assembler.feed.JsonChapters;
import io.castloom.assembler.feed.ShiftedTranscript;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.TimeShift;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Transcript;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.originals.StoredTranscripts;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes chapters and transcripts of a media version at the times at which they sound in it.
 * Their keys carry the version, so they never change.
 */
final class TimedTexts {

  private static final Logger LOG = LoggerFactory.getLogger(TimedTexts.class);

  private final StoredTranscripts source;
  private final ObjectStore target;

  /**
   * @param source the private bucket, where stored transcripts lie
   * @param target the public bucket
   */
  TimedTexts(ObjectStore source, ObjectStore target) {
    this.source = new StoredTranscripts(source);
    this.target = target;
  }

  /**
   * Publishes what the episode has of them. A stored transcript that is gone or broken is left out.
   *
   * @param account whose transcripts they are
   */
  TimedParts publish(AccountId account, Episode episode, String version, Timeline timeline)
      throws IOException {
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
    String text = transcript == null ? null : text(account, transcript);
    if (transcript != null && text != null) {
      String document = "episode " + episode.show() + "/" + episode.id();
      switch (ShiftedTranscript.of(document, text, transcript.format(), shift)) {
        case Reading.Good<ShiftedTranscript>(ShiftedTranscript moved) -> {
          vtt = "transcripts/" + name + ".vtt";
          srt = "transcripts/" + name + ".srt";
          put(vtt, ShiftedTranscript.VTT_TYPE, moved.vtt());
          put(srt, ShiftedTranscript.SRT_TYPE, moved.srt());
        }
        case Reading.Bad<ShiftedTranscript>(List<Problem> problems) ->
            LOG.warn("{} goes out without its transcript: {}", document, problems);
      }
    }
    return new TimedParts(chapters, vtt, srt, shift.soundbites(episode.soundbites()));
  }

  /** Its own text, or that of a stored one; null when that is not there. */
  private @Nullable String text(AccountId account, Transcript transcript) throws IOException {
    String sha256 = transcript.sha256();
    if (sha256 == null) {
      return transcript.text();
    }
    Optional<String> text = source.find(account, new Sha256(sha256));
    if (text.isEmpty()) {
      LOG.warn("the transcript {} of {} is not stored", sha256, account);
    }
    return text.orElse(null);
  }

  private void put(String key, String mediaType, String text) throws IOException {
    target.put(key, ObjectData.of(text.getBytes(UTF_8), mediaType), PutCondition.ifAbsent());
  }
}
