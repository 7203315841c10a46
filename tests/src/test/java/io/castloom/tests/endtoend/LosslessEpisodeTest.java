package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.tests.splice.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An episode in FLAC and Opus on its whole way, from the uploads to its public addresses. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LosslessEpisodeTest {
  private static final String EPISODE = "/v1/shows/loss/episodes/one";
  private static final int RATE = 44_100;
  private static final int FRAME_BYTES = 4;

  /** 17.0123 s, in samples: no border of frames. */
  private static final int CUE = 750_242;

  @TempDir private static Path folder;

  private static House house;
  private static Sound sound;
  private static String body;
  private static String sting;
  private static String ad;
  private static JsonNode made;

  @BeforeAll
  static void an_assembled_episode() throws IOException, InterruptedException {
    sound = new Sound();
    house = House.on(folder.resolve("data"));
    body = upload("body.wav", "sine=f=300:r=44100:d=40,volume=0.5,tremolo=f=3", "-ac", "2");
    ad = upload("ad.mp3", "sine=f=700:r=22050:d=6,volume=0.3", "-ac", "1");
    sting = upload("sting.flac", "anoisesrc=r=96000:c=pink:d=3:a=0.2:seed=3", "-ac", "2");
    put(
        "/v1/shows/loss",
        """
        {"title":"Loss","language":"en","description":"Nothing is lost.","author":"Ann",
         "cover":"https://example.com/c.png","categories":["Technology"],
         "formats":["flac","opus-64"],"pieces":{"sting":"%s"},"intro":"sting","outro":"sting",
         "breaks":{"pre":{"slots":1},"mid":{"slots":1},"minimumDistance":"0:10"}}
        """
            .formatted(sting));
    put(
        EPISODE,
        """
        {"title":"One","bodies":["%s"],"cuePoints":["0:17.0123"],"state":"published",
         "chapters":[{"at":"0:00","title":"Hello"},{"at":"0:20","title":"More"}],
         "publishedAt":"2026-05-01T00:00:00Z"}
        """
            .formatted(body));
    JsonNode told =
        house.json(
            "PUT",
            EPISODE + "/transcript",
            BodyPublishers.ofString("WEBVTT\n\n00:30.000 --> 00:31.500\nBehind the cue point.\n"));
    assertThat(told.path("changes").toString()).contains("transcript");
    put(
        "/v1/creatives/bread",
        """
        {"advertiser":"baker","language":"en","versions":[{"original":"%s"}]}
        """
            .formatted(ad));
    put("/v1/creatives/rolls", creativeOfItsOwn());
    put(
        "/v1/campaigns/house",
        """
        {"advertiser":"baker","tier":"house","creatives":["bread","rolls"],
         "caps":{"perEpisode":2}}
        """);

    JsonNode plan = house.json("POST", EPISODE + "/assembly?dryRun=true", BodyPublishers.noBody());
    assertThat(plan.path("formats").get(0).path("toBeMade").size()).isGreaterThanOrEqualTo(3);

    JsonNode ordered = house.json("POST", EPISODE + "/assembly", BodyPublishers.noBody());
    made = house.ended(ordered.path("job").asString());
    assertThat(made.path("state").asString()).as(made.toString()).isEqualTo("done");
  }

  private static String creativeOfItsOwn() throws IOException, InterruptedException {
    String other = upload("rolls.wav", "sine=f=500:r=48000:d=5,volume=0.3", "-ac", "2");
    return """
        {"advertiser":"baker","language":"en","versions":[{"original":"%s"}]}
        """
        .formatted(other);
  }

  @AfterAll
  static void nothing_is_left_running() {
    if (house != null) {
      house.close();
    }
    assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid)).isEmpty();
  }

  @Test
  @Order(1)
  void the_flac_at_its_public_address_is_its_pieces_sample_by_sample()
      throws IOException, InterruptedException {
    Path flac = download("flac");
    if (Tools.found("flac")) {
      Tools.run(List.of("flac", "-t", "-s", flac.toString()));
    }
    JsonNode segments = segments("flac");
    assertThat(segments.size()).isEqualTo(6);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (JsonNode segment : segments) {
      String kind = segment.path("kind").asString();
      byte[] piece = samples(piece(segment.path("original").asString(), !kind.equals("body")));
      boolean second = segment.has("from");
      boolean first = kind.equals("body") && !second;
      expected.writeBytes(
          Arrays.copyOfRange(
              piece, second ? CUE * FRAME_BYTES : 0, first ? CUE * FRAME_BYTES : piece.length));
    }

    assertThat(samples(flac)).isEqualTo(expected.toByteArray());
  }

  @Test
  @Order(2)
  void the_opus_sounds_as_long_and_as_loud_and_has_no_fault()
      throws IOException, InterruptedException {
    Path opus = download("opus");
    if (Tools.found("opusinfo")) {
      assertThat(Tools.run(List.of("opusinfo", opus.toString())))
          .doesNotContainIgnoringCase("warning");
    }
    Sound.Heard small = sound.hear(opus);
    Sound.Heard lossless = sound.hear(download("flac"));
    // delays and paddings inside are left out by whole packets, and cuts lie on borders of packets
    double seconds = lossless.samples() / 2.0 / RATE;
    assertThat(small.samples() / 2.0 / 48_000).isCloseTo(seconds, within(0.08));
    assertThat(small.meanDb()).isCloseTo(lossless.meanDb(), within(0.5));
  }

  @Test
  @Order(3)
  void the_feed_tells_types_lengths_and_addresses_that_hold()
      throws IOException, InterruptedException {
    String feed =
        new String(
            house.send("GET", "/feeds/loss.xml", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    long bytes = Files.size(download("flac"));
    assertThat(feed)
        .containsPattern("<enclosure [^>]*/media/loss/one\\.flac\"")
        .containsPattern("<enclosure [^>]*type=\"audio/flac\"")
        .containsPattern("<enclosure [^>]*length=\"" + bytes + "\"")
        .containsPattern("(?s)<podcast:alternateEnclosure [^>]*type=\"audio/ogg\"")
        .containsPattern("/media/loss/one\\.opus");
    HttpResponse<byte[]> head = house.send("HEAD", "/media/loss/one.opus", BodyPublishers.noBody());
    assertThat(head.headers().firstValue("Content-Type")).contains("audio/ogg");
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(Files.size(download("opus")));
  }

  @Test
  @Order(4)
  void the_transcript_that_was_uploaded_is_told_where_it_sounds()
      throws IOException, InterruptedException {
    double ads = 0;
    for (JsonNode segment : segments("flac")) {
      ads +=
          segment.path("kind").asString().equals("body") ? 0 : segment.path("seconds").asDouble();
    }
    double start = 30 + ads - segments("flac").get(5).path("seconds").asDouble();
    String feed =
        new String(
            house.send("GET", "/feeds/loss.xml", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    assertThat(feed)
        .containsPattern("<podcast:transcript [^>]*/transcripts/loss/one/[0-9a-f]+\\.vtt");
    String vtt =
        new String(
            house.send("GET", EPISODE + "/transcript", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    assertThat(vtt).contains("Behind the cue point.");
    double told = Double.parseDouble(vtt.replaceAll("(?s).*00:00:([0-9.]+) --> .*", "$1"));
    assertThat(told).isCloseTo(start, within(0.002));
  }

  @Test
  @Order(5)
  void all_their_bytes_are_counted_as_the_assemblers() throws IOException, InterruptedException {
    for (JsonNode version : house.get(EPISODE + "/versions").path("current")) {
      assertThat(version.path("throughAssembler").asLong())
          .isEqualTo(version.path("bytes").asLong());
    }
    assertThat(made.path("renditions").size()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void a_cue_point_that_moves_is_followed_without_any_encoding()
      throws IOException, InterruptedException {
    String document = house.get(EPISODE).toString();
    byte[] before = samples(download("flac"));
    put(
        EPISODE,
        document.replaceAll("\"cuePoints\":\\[[^]]*]", "\"cuePoints\":[{\"at\":\"0:25\"}]"));
    JsonNode plan = house.json("POST", EPISODE + "/assembly?dryRun=true", BodyPublishers.noBody());
    assertThat(plan.path("formats").get(0).path("exact").asBoolean()).isTrue();
    JsonNode ordered = house.json("POST", EPISODE + "/assembly", BodyPublishers.noBody());
    assertThat(house.ended(ordered.path("job").asString()).path("state").asString())
        .isEqualTo("done");

    byte[] after = samples(download("flac"));
    assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
  }

  /** No emulator enforces policies: a folder that no role may touch would first be seen on AWS. */
  @Test
  @Order(7)
  void every_folder_of_the_private_bucket_stands_in_the_roles_of_the_stack() throws IOException {
    String stack = Files.readString(Path.of("..", "packer", "stack.yaml"));
    Path buckets = folder.resolve("data/cloud/s3");
    try (Stream<Path> files = Files.walk(buckets)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(buckets::relativize)
                  .filter(file -> file.getName(0).toString().endsWith("private"))
                  .map(file -> file.getName(1).toString())
                  .distinct())
          .contains("transcripts", "pieces", "jobs")
          .allSatisfy(name -> assertThat(stack).contains("${PrivateBucket.Arn}/" + name + "/*"));
    }
  }

  private static String upload(String name, String source, String... form)
      throws IOException, InterruptedException {
    String[] arguments =
        Stream.concat(Stream.of("-f", "lavfi", "-i", source), Stream.of(form))
            .toArray(String[]::new);
    Path file = sound.make(folder.resolve(name), arguments);
    return house.upload(file, "").path("original").asString();
  }

  private static void put(String path, String document) throws IOException, InterruptedException {
    house.json("PUT", path, BodyPublishers.ofString(document));
  }

  private static JsonNode segments(String format) throws IOException, InterruptedException {
    for (JsonNode planned : house.get(EPISODE + "/arrangement").path("formats")) {
      if (planned.path("format").asString().equals(format)) {
        assertThat(planned.path("exact").asBoolean()).as(planned.toString()).isTrue();
        return planned.path("segments");
      }
    }
    throw new AssertionError("no arrangement in " + format);
  }

  private static Path download(String extension) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        house.send("GET", "/media/loss/one." + extension, BodyPublishers.noBody());
    assertThat(response.statusCode()).isEqualTo(200);
    return Files.write(folder.resolve("episode." + extension), response.body());
  }

  /** The piece that a worker stored, in the folder that the embedded cloud keeps objects in. */
  private static Path piece(String original, boolean conformed) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data/cloud/s3"))) {
      return files
          .filter(file -> file.toString().contains("/pieces/" + original + "/flac."))
          .filter(file -> file.endsWith("audio.flac"))
          .filter(file -> file.toString().contains(".fade") == conformed)
          .findFirst()
          .orElseThrow();
    }
  }

  private static byte[] samples(Path file) throws IOException, InterruptedException {
    Path raw =
        sound.make(folder.resolve("raw.s16"), "-xerror", "-i", file.toString(), "-f", "s16le");
    return Files.readAllBytes(raw);
  }
}
