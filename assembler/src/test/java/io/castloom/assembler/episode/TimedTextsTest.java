package io.castloom.assembler.episode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Transcript;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.originals.StoredTranscripts;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The intro of the episode sounds for 30 s. */
final class TimedTextsTest {

  private static final AccountId ACCOUNT = new AccountId(Documents.aShow().account());
  private static final String VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello.\n";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore source = new MemoryObjectStore("private", clock);
  private final MemoryObjectStore target = new MemoryObjectStore("public", clock);
  private final Sha256 name = Sha256.of(VTT.getBytes(UTF_8));

  @Test
  void a_stored_transcript_is_shifted() throws IOException {
    assertThat(new StoredTranscripts(source).keep(ACCOUNT, VTT)).isEqualTo(name);

    TimedParts parts = publish();

    assertThat(read(parts.vtt())).contains("00:31.000 --> 00:00:32.500", "Hello.");
    assertThat(read(parts.srt())).contains("00:00:31,000 --> 00:00:32,500", "Hello.");
  }

  @Test
  void a_stored_transcript_that_is_gone_is_left_out() throws IOException {
    TimedParts parts = publish();

    assertThat(parts.vtt()).isEmpty();
    assertThat(parts.chapters()).isNotEmpty();
  }

  @Test
  void a_stored_transcript_that_is_broken_is_left_out() throws IOException {
    source.put(
        "transcripts/" + ACCOUNT + "/" + name,
        ObjectData.of("no subtitles".getBytes(UTF_8), "text/vtt"),
        PutCondition.ifAbsent());

    assertThat(publish().vtt()).isEmpty();
  }

  private TimedParts publish() throws IOException {
    Episode e = Documents.anEpisode();
    Episode episode =
        new Episode(
            e.show(),
            e.id(),
            e.notes(),
            e.bodies(),
            e.cuePoints(),
            e.chapters(),
            e.soundbites(),
            new Transcript(Transcript.Format.VTT, "", name.hex(), null),
            e.state(),
            e.publishedAt(),
            e.overrides());
    Timeline timeline =
        Timeline.of(
            Arrangement.of(
                Documents.aShow(),
                episode,
                Documents.ORIGINALS,
                LocalDate.of(2026, 11, 10),
                List.of(),
                new Rendering("mp3-128", "lame")),
            original ->
                PieceGrid.of(1000, 50, original.equals(Documents.sha(1)) ? 72_000 : 600, 0, 0));
    return new TimedTexts(source, target).publish(ACCOUNT, episode, "v1", timeline);
  }

  private String read(String key) throws IOException {
    try (ObjectContent content = target.get(key, null)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }
}
