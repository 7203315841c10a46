package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.Show;
import io.castloom.tests.wire.Wire;
import io.castloom.tests.wire.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A show in FLAC and Opus with a cover, an episode with everything, and two ads, in a house. */
final class LosslessEpisode implements AutoCloseable {
  static final String PATH = "/v1/shows/loss/episodes/one";

  final House house;
  final Sound sound = new Sound();
  final Path picture;
  final Witness witness = new Witness();
  private final List<Wire> wires = new ArrayList<>();
  private final Path folder;

  LosslessEpisode(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.picture = folder.resolve("cover.png");
    this.house = House.on(folder.resolve("data"), Map.of(), this::watched);
  }

  private Map<String, String> watched(Map<String, String> cloud) {
    Map<String, String> way = new HashMap<>(cloud);
    for (String name : List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SQS")) {
      try {
        Wire wire = Wire.to(URI.create(Objects.requireNonNull(cloud.get(name), name)), witness);
        wires.add(wire);
        way.put(name, wire.endpoint().toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return way;
  }

  @Override
  public void close() throws IOException {
    house.close();
    for (Wire wire : wires) {
      wire.close();
    }
  }

  /** Uploads, applies and assembles; gives the job. */
  JsonNode make() throws IOException, InterruptedException {
    String body = upload("body.wav", "sine=f=300:r=44100:d=40,volume=0.5,tremolo=f=3", "-ac", "2");
    String ad = upload("ad.mp3", "sine=f=700:r=22050:d=6,volume=0.3", "-ac", "1");
    String sting = upload("sting.flac", "anoisesrc=r=96000:c=pink:d=3:a=0.2:seed=3", "-ac", "2");
    put(
        "/v1/shows/loss",
        """
        {"title":"Loss","language":"en","description":"Nothing is lost.","author":"Ann",
         "cover":"https://example.com/c.png","categories":["Technology"],
         "formats":["flac","opus-64"],"pieces":{"sting":"%s"},"intro":"sting","outro":"sting",
         "breaks":{"pre":{"slots":1},"mid":{"slots":1},"minimumDistance":"0:10"}}
        """
            .formatted(sting));
    sound.make(picture, "-f", "lavfi", "-i", "color=red:s=1400x1400", "-frames:v", "1");
    house.json("PUT", "/v1/shows/loss/cover", BodyPublishers.ofFile(picture));
    put(
        PATH,
        """
        {"title":"One","bodies":["%s"],"cuePoints":["0:17.0123"],"state":"published",
         "chapters":[{"at":"0:00","title":"Hello"},{"at":"0:20","title":"More"}],
         "publishedAt":"2026-05-01T00:00:00Z"}
        """
            .formatted(body));
    JsonNode told =
        house.json(
            "PUT",
            PATH + "/transcript",
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

    JsonNode plan = house.json("POST", PATH + "/assembly?dryRun=true", BodyPublishers.noBody());
    assertThat(plan.path("formats").get(0).path("toBeMade").size()).isGreaterThanOrEqualTo(3);

    JsonNode ordered = house.json("POST", PATH + "/assembly", BodyPublishers.noBody());
    JsonNode made = house.ended(ordered.path("job").asString());
    assertThat(made.path("state").asString()).as(made.toString()).isEqualTo("done");
    return made;
  }

  private String creativeOfItsOwn() throws IOException, InterruptedException {
    String other = upload("rolls.wav", "sine=f=500:r=48000:d=5,volume=0.3", "-ac", "2");
    return """
        {"advertiser":"baker","language":"en","versions":[{"original":"%s"}]}
        """
        .formatted(other);
  }

  private String upload(String name, String source, String... form)
      throws IOException, InterruptedException {
    String[] arguments =
        Stream.concat(Stream.of("-f", "lavfi", "-i", source), Stream.of(form))
            .toArray(String[]::new);
    Path file = sound.make(folder.resolve(name), arguments);
    return house.upload(file, "").path("original").asString();
  }

  void put(String path, String document) throws IOException, InterruptedException {
    house.json("PUT", path, BodyPublishers.ofString(document));
  }

  JsonNode segments(String format) throws IOException, InterruptedException {
    for (JsonNode planned : house.get(PATH + "/arrangement").path("formats")) {
      if (planned.path("format").asString().equals(format)) {
        assertThat(planned.path("exact").asBoolean()).as(planned.toString()).isTrue();
        return planned.path("segments");
      }
    }
    throw new AssertionError("no arrangement in " + format);
  }

  Path download(String extension) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        house.send("GET", "/media/loss/one." + extension, BodyPublishers.noBody());
    assertThat(response.statusCode()).isEqualTo(200);
    return Files.write(folder.resolve("episode." + extension), response.body());
  }

  /** The piece that a worker stored, in the folder that the embedded cloud keeps objects in. */
  Path piece(String original, boolean conformed) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data/cloud/s3"))) {
      return files
          .filter(file -> file.toString().contains("/pieces/" + original + "/flac."))
          .filter(file -> file.endsWith("audio.flac"))
          .filter(file -> file.toString().contains(".fade") == conformed)
          .findFirst()
          .orElseThrow();
    }
  }

  byte[] samples(Path file) throws IOException, InterruptedException {
    Path raw =
        sound.make(folder.resolve("raw.s16"), "-xerror", "-i", file.toString(), "-f", "s16le");
    return Files.readAllBytes(raw);
  }

  /**
   * What became of the night that began last, once it is done.
   *
   * @param earlier when a run of it began that is not meant; empty for any
   */
  JsonNode nightAfter(String earlier) throws IOException, InterruptedException {
    LocalDate night = Nights.current(Instant.now(), Show.STANDARD_DROP_TIME, ZoneOffset.UTC);
    Instant deadline = Instant.now().plus(Duration.ofMinutes(3));
    JsonNode run;
    do {
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      run = house.get("/v1/nightly/" + night).path("shows").path(0);
      assertThat(Instant.now()).as(run.toString()).isBefore(deadline);
    } while (!run.path("state").asString("").equals("finished")
        || run.path("startedAt").asString().equals(earlier));
    return run;
  }
}
