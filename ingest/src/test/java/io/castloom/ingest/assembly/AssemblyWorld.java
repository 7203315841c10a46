package io.castloom.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.mp3.FrameHeader;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.Silence;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.World;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.DocumentRoutes;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.stitch.EpisodeStitcher;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A show with an episode of twenty minutes, a house ad, and the routes of assembly. */
final class AssemblyWorld implements AutoCloseable {
  private static final String ENCODER = "enc1";

  final ServedWorld served;
  final String body;
  final String ad;

  /**
   * @param folder for the spool
   */
  AssemblyWorld(Path folder) throws Exception {
    served = new ServedWorld(folder, AssemblyWorld::routes);
    body = served.recording("body", Duration.ofMinutes(20));
    ad = served.recording("ad", Duration.ofSeconds(30));
    put(
        "/v1/shows/talk",
        """
        {"title":"Talk","language":"en","description":"We talk.","author":"Ann",
         "cover":"https://example.com/c.png","categories":["Technology"],"formats":["mp3-128"],
         "breaks":{"pre":{"slots":1},"mid":{"slots":1},"minimumDistance":"1:00"}}
        """);
    put(
        "/v1/shows/talk/episodes/one",
        "{\"title\":\"One\",\"bodies\":[\""
            + body
            + "\"],\"cuePoints\":[{\"at\":\"10:00\"}],\"state\":\"published\","
            + "\"publishedAt\":\"2026-05-01T00:00:00Z\"}");
    put(
        "/v1/creatives/bread",
        "{\"advertiser\":\"Baker\",\"language\":\"en\",\"versions\":[{\"original\":\""
            + ad
            + "\"}]}");
    put(
        "/v1/campaigns/house",
        "{\"advertiser\":\"Baker\",\"tier\":\"house\",\"creatives\":[\"bread\"]}");
  }

  private static List<Routes> routes(World world) {
    var formats = new ShowFormats(_ -> StandardProfiles.ALL);
    var planner =
        new NightPlanner(
            world.catalog,
            new ShowBooks(world.store, world.catalog),
            world.store,
            formats,
            ENCODER);
    return List.of(
        new DocumentRoutes(world.catalog, world.editor),
        new AssemblyRoutes(
            new AssemblyRoutes.Stores(world.store, world.published),
            world.catalog,
            planner,
            formats,
            new AssemblyOrders(world.store, formats, world.dispatcher, world.clock),
            world.clock),
        new NightRoutes(world.store, world.catalog, planner, world.clock),
        new NightOrderRoutes(world.store, world.catalog, world.clock));
  }

  @Override
  public void close() {
    served.close();
  }

  private void put(String path, String document) throws Exception {
    HttpResponse<String> answer = served.send("PUT", path, document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Silent frames of 128 kbit/s, 44.1 kHz, stereo, without reservoir. */
  void piece(String original, Segment.Kind kind, int frames) throws IOException {
    piece(original, kind, frames, false);
  }

  /**
   * @param fast at 48 kHz
   */
  void piece(String original, Segment.Kind kind, int frames, boolean fast) throws IOException {
    FrameHeader header = new FrameHeader(fast ? 0xfffb9400 : 0xfffb9000);
    byte[] audio = Silence.frames(header, frames);
    Profile profile = StandardProfiles.ALL.get("mp3-128");
    PieceKey key =
        EpisodeStitcher.key(
            kind, original, java.util.Objects.requireNonNull(profile).withLoudness(-16), ENCODER);
    if (!(Mp3Scanner.scan(ByteSource.of(audio)) instanceof Parsed.Good<Mp3Scan>(Mp3Scan scan))) {
      throw new AssertionError("the test's frames are none");
    }
    assertThat(scan.index().count()).isEqualTo(frames);
    var store = served.world.store;
    store.put(key.audio(), ObjectData.of(audio, "audio/mpeg"), PutCondition.ifAbsent());
    store.put(
        key.index(),
        ObjectData.of(scan.index().encode(), "application/octet-stream"),
        PutCondition.ifAbsent());
  }

  HttpResponse<String> assembly(String query) throws Exception {
    return served.send("POST", "/v1/shows/talk/episodes/one/assembly" + query, "");
  }
}
