package io.castloom.tests.bench;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.mp3.FrameHeader;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.Silence;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.EpisodeStitcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A large archive's documents, all of them on the same recording, so that it fits a laptop. */
final class NightlyArchive {
  static final String ENCODER = "bench";
  static final AccountId ACCOUNT = new AccountId("bench");
  static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
  static final int BODY_SECONDS = 3_600;

  /** 128 kbit/s, 44.1 kHz, stereo. */
  private static final FrameHeader FRAMES = new FrameHeader(0xfffb9000);

  private static final int AD_SECONDS = 20;
  private static final int CAMPAIGNS = 20;
  private static final int COVER_BYTES = 60_000;
  private static final String COVER = "https://example.org/cover.jpg";

  private final ObjectStore store;
  private final Catalog catalog;
  private final Original body;

  NightlyArchive(ObjectStore store, Catalog catalog) throws IOException {
    this.store = store;
    this.catalog = catalog;
    this.body = recording("body", Segment.Kind.BODY, BODY_SECONDS);
    byte[] picture = new byte[COVER_BYTES];
    picture[0] = (byte) 0xff;
    picture[1] = (byte) 0xd8;
    picture[2] = (byte) 0xff;
    new Covers(store).keep(COVER, Bytes.adopt(picture));
  }

  /** The recording of every episode. */
  Original body() {
    return body;
  }

  private void document(DocumentKey key, Map<String, ?> tree) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(tree);
    if (!(key instanceof DocumentKey.OfEpisode)) {
      all.put("account", ACCOUNT.value()); // an episode is its show's
    }
    store.put(key.key(), Json.data(all), PutCondition.always());
  }

  void campaigns() throws IOException {
    for (int i = 0; i < CAMPAIGNS; i++) {
      String id = "c" + i;
      String ad = recording("ad" + i, Segment.Kind.AD, AD_SECONDS).sha256().hex();
      document(
          new DocumentKey.OfCreative(id),
          Map.of(
              "id",
              id,
              "advertiser",
              id,
              "language",
              "en",
              "versions",
              List.of(Map.of("original", ad))));
      document(
          new DocumentKey.OfCampaign(id),
          Map.of("id", id, "advertiser", id, "tier", "house", "creatives", List.of(id)));
    }
  }

  /** Stores shows with their episodes. */
  void shows(int from, int to, int episodes) throws Exception {
    for (int s = from; s < to; s++) {
      String show = "show-" + s;
      document(
          new DocumentKey.OfShow(show),
          Map.of(
              "id",
              show,
              "title",
              "Show " + s,
              "language",
              "en",
              "description",
              "An archive.",
              "author",
              "Ann Author",
              "cover",
              COVER,
              "categories",
              List.of("Technology"),
              "formats",
              List.of("mp3-128")));
      List<Callable<Boolean>> puts = new ArrayList<>();
      for (int e = 0; e < episodes; e++) {
        String id = "e-%05d".formatted(e);
        puts.add(() -> episode(show, id, "Episode " + id));
      }
      inParallel(puts);
    }
  }

  private boolean episode(String show, String id, String title) throws IOException {
    int number = Integer.parseInt(id.substring(2));
    document(
        new DocumentKey.OfEpisode(show, id),
        Map.of(
            "show",
            show,
            "id",
            id,
            "title",
            title,
            "notes",
            "<p>What was said in it, and by whom, and where to read on.</p>",
            "bodies",
            List.of(body.sha256().hex()),
            "cuePoints",
            List.of("30:00"),
            "chapters",
            List.of(Map.of("at", "0:00", "title", "Hello")),
            "state",
            "published",
            "publishedAt",
            NOW.minus(Duration.ofHours(12L * (number + 1))).toString()));
    return true;
  }

  /** Edits this many episodes, spread over all shows. */
  void change(int count) throws Exception {
    List<String> shows = catalog.shows();
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String show = shows.get(i % shows.size());
      String id = "e-%05d".formatted(i / shows.size() * 7);
      puts.add(() -> episode(show, id, "Another title of " + id));
    }
    inParallel(puts);
  }

  static Profile profile() {
    return Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128")).withLoudness(-16);
  }

  private static Original original(String name, int seconds) {
    SourceMedia media =
        new SourceMedia(
            "wav",
            "pcm_s16le",
            0,
            44_100,
            2,
            "stereo",
            Duration.ofSeconds(seconds),
            44_100L * seconds,
            true,
            176_400L * seconds + 44,
            Map.of("title", name),
            List.of());
    Sha256 sha = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    return new Original(ACCOUNT, sha, name + ".wav", media, NOW);
  }

  private Original recording(String name, Segment.Kind kind, int seconds) throws IOException {
    Original original = original(name, seconds);
    store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.always());
    new StoredOriginals(store).describe(original);
    byte[] audio = Silence.frames(FRAMES, seconds * 44_100 / 1152);
    PieceKey key = EpisodeStitcher.key(kind, original.sha256().hex(), profile(), ENCODER);
    if (!(Mp3Scanner.scan(ByteSource.of(audio)) instanceof Parsed.Good<Mp3Scan>(Mp3Scan scan))) {
      throw new IllegalStateException("the frames are none");
    }
    store.put(key.audio(), ObjectData.of(audio, "audio/mpeg"), PutCondition.always());
    store.put(
        key.index(),
        ObjectData.of(scan.index().encode(), "application/octet-stream"),
        PutCondition.always());
    return original;
  }

  static void inParallel(List<Callable<Boolean>> calls) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : pool.invokeAll(calls)) {
        done.get();
      }
    }
  }
}
