package io.castloom.assembler.feed;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.Soundbite;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Feeds of a complete show. */
final class FeedSamples {
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final String BASE = "https://cast.example.org";

  private FeedSamples() {}

  static Show show(Map<String, Object> tree) {
    return good(Show.read(tree, Documents.PROFILES));
  }

  /** An episode in MP3 and M4A, in this order or the other. */
  static FeedItem item(String id, Instant published, boolean m4aFirst) {
    Map<String, Object> tree = Documents.with(Documents.episode(), "id", id);
    tree.put("publishedAt", published.toString());
    tree.put("notes", "<p>Bread & <b>salt</b>: \u00e4\u20ac\ud83c\udf99</p>");
    Episode episode = good(Episode.read(tree, Documents.aShow(), Documents.ORIGINALS));
    String at = BASE + "/media/talk/" + id;
    FeedItem.Media mp3 =
        new FeedItem.Media(URI.create(at + ".mp3"), "audio/mpeg", 5_000_000_000L, "mp3-128");
    FeedItem.Media m4a =
        new FeedItem.Media(URI.create(at + ".m4a"), "audio/mp4", 58_000_001, "aac-128");
    return new FeedItem(
        episode,
        m4aFirst ? List.of(m4a, mp3) : List.of(mp3, m4a),
        Duration.ofMillis(3_734_600),
        URI.create(BASE + "/chapters/talk/" + id + "/ab.json"),
        List.of(
            new FeedItem.Text(URI.create(at + ".vtt"), ShiftedTranscript.VTT_TYPE, "en-GB"),
            new FeedItem.Text(URI.create(at + ".srt"), ShiftedTranscript.SRT_TYPE, "en-GB")),
        List.of(new Soundbite(Duration.ofMillis(635_250), Duration.ofSeconds(30), "Best of")));
  }

  static List<FeedPage> pages(Show show, List<FeedItem> items) {
    return new FeedWriter(new FeedAddresses(URI.create(BASE))).write(show, items, NOW);
  }

  private static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }
}
