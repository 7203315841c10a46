package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.tests.splice.Tools;
import io.castloom.tests.wire.StackRoles;
import io.castloom.tests.wire.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final int RATE = 44_100;
  private static final int FRAME_BYTES = 4;

  /** 17.0123 s, in samples: no border of frames. */
  private static final int CUE = 750_242;

  @TempDir private static Path folder;

  private static LosslessEpisode episode;
  private static House house;
  private static JsonNode made;

  @BeforeAll
  static void an_assembled_episode() throws IOException, InterruptedException {
    episode = new LosslessEpisode(folder);
    house = episode.house;
    made = episode.make();
  }

  @AfterAll
  static void nothing_is_left_running() throws IOException {
    if (episode != null) {
      episode.close();
    }
    assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid)).isEmpty();
  }

  @Test
  @Order(1)
  void the_flac_at_its_public_address_is_its_pieces_sample_by_sample()
      throws IOException, InterruptedException {
    Path flac = episode.download("flac");
    if (Tools.found("flac")) {
      Tools.run(List.of("flac", "-t", "-s", flac.toString()));
    }
    JsonNode segments = episode.segments("flac");
    assertThat(segments.size()).isEqualTo(6);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (JsonNode segment : segments) {
      String kind = segment.path("kind").asString();
      byte[] piece =
          episode.samples(episode.piece(segment.path("original").asString(), !kind.equals("body")));
      boolean second = segment.has("from");
      boolean first = kind.equals("body") && !second;
      expected.writeBytes(
          Arrays.copyOfRange(
              piece, second ? CUE * FRAME_BYTES : 0, first ? CUE * FRAME_BYTES : piece.length));
    }

    assertThat(episode.samples(flac)).isEqualTo(expected.toByteArray());
  }

  @Test
  @Order(2)
  void the_opus_sounds_as_long_and_as_loud_and_has_no_fault()
      throws IOException, InterruptedException {
    Path opus = episode.download("opus");
    if (Tools.found("opusinfo")) {
      assertThat(Tools.run(List.of("opusinfo", opus.toString())))
          .doesNotContainIgnoringCase("warning");
    }
    Sound.Heard small = episode.sound.hear(opus);
    Sound.Heard lossless = episode.sound.hear(episode.download("flac"));
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
    long bytes = Files.size(episode.download("flac"));
    assertThat(feed)
        .containsPattern("<enclosure [^>]*/media/loss/one\\.flac\"")
        .containsPattern("<enclosure [^>]*type=\"audio/flac\"")
        .containsPattern("<enclosure [^>]*length=\"" + bytes + "\"")
        .containsPattern("(?s)<podcast:alternateEnclosure [^>]*type=\"audio/ogg\"")
        .containsPattern("/media/loss/one\\.opus");
    HttpResponse<byte[]> head = house.send("HEAD", "/media/loss/one.opus", BodyPublishers.noBody());
    assertThat(head.headers().firstValue("Content-Type")).contains("audio/ogg");
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(Files.size(episode.download("opus")));
  }

  @Test
  @Order(4)
  void the_transcript_that_was_uploaded_is_told_where_it_sounds()
      throws IOException, InterruptedException {
    double ads = 0;
    for (JsonNode segment : episode.segments("flac")) {
      ads +=
          segment.path("kind").asString().equals("body") ? 0 : segment.path("seconds").asDouble();
    }
    double start = 30 + ads - episode.segments("flac").get(5).path("seconds").asDouble();
    String feed =
        new String(
            house.send("GET", "/feeds/loss.xml", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    assertThat(feed)
        .containsPattern("<podcast:transcript [^>]*/transcripts/loss/one/[0-9a-f]+\\.vtt");
    String vtt =
        new String(
            house.send("GET", LosslessEpisode.PATH + "/transcript", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    assertThat(vtt).contains("Behind the cue point.");
    double told = Double.parseDouble(vtt.replaceAll("(?s).*00:00:([0-9.]+) --> .*", "$1"));
    assertThat(told).isCloseTo(start, within(0.002));
  }

  @Test
  @Order(5)
  void all_their_bytes_are_counted_as_the_assemblers() throws IOException, InterruptedException {
    for (JsonNode version : house.get(LosslessEpisode.PATH + "/versions").path("current")) {
      assertThat(version.path("throughAssembler").asLong())
          .isEqualTo(version.path("bytes").asLong());
    }
    assertThat(made.path("renditions").size()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void a_cue_point_that_moves_is_followed_without_any_encoding()
      throws IOException, InterruptedException {
    String document = house.get(LosslessEpisode.PATH).toString();
    byte[] before = episode.samples(episode.download("flac"));
    episode.put(
        LosslessEpisode.PATH,
        document.replaceAll("\"cuePoints\":\\[[^]]*]", "\"cuePoints\":[{\"at\":\"0:25\"}]"));
    JsonNode plan =
        house.json("POST", LosslessEpisode.PATH + "/assembly?dryRun=true", BodyPublishers.noBody());
    assertThat(plan.path("formats").get(0).path("exact").asBoolean()).isTrue();
    JsonNode ordered =
        house.json("POST", LosslessEpisode.PATH + "/assembly", BodyPublishers.noBody());
    assertThat(house.ended(ordered.path("job").asString()).path("state").asString())
        .isEqualTo("done");

    byte[] after = episode.samples(episode.download("flac"));
    assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
  }

  @Test
  @Order(7)
  void the_cover_that_was_uploaded_is_in_the_feed_and_in_the_files()
      throws IOException, InterruptedException {
    String feed =
        new String(
            house.send("GET", "/feeds/loss.xml", BodyPublishers.noBody()).body(),
            StandardCharsets.UTF_8);
    Matcher address =
        Pattern.compile("<itunes:image href=\"https?://[^/]+(/covers/loss/[0-9a-f]{64}\\.png)\"")
            .matcher(feed);
    assertThat(address.find()).as(feed).isTrue();
    HttpResponse<byte[]> served = house.send("GET", address.group(1), BodyPublishers.noBody());
    assertThat(served.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(served.body()).isEqualTo(Files.readAllBytes(episode.picture));
    for (String extension : List.of("flac", "opus")) {
      Path inside = folder.resolve(extension + ".png");
      episode.sound.make(
          inside,
          "-i",
          episode.download(extension).toString(),
          "-map",
          "0:v",
          "-c",
          "copy",
          "-f",
          "image2");
      assertThat(Files.readAllBytes(inside)).isEqualTo(served.body());
    }
  }

  @Test
  @Order(8)
  void a_night_rebuilds_what_changed_and_ends_with_its_report()
      throws IOException, InterruptedException {
    JsonNode before = episode.nightAfter("");
    episode.put(
        LosslessEpisode.PATH,
        house.get(LosslessEpisode.PATH).toString().replace("\"One\"", "\"One, again\""));
    house.json("POST", "/v1/nightly/current/run?show=loss", BodyPublishers.noBody());

    JsonNode report = episode.nightAfter(before.path("startedAt").asString());
    assertThat(report.path("rebuilt").asInt()).as(report.toString()).isEqualTo(1);
    assertThat(report.path("failed").asInt()).isZero();
    assertThat(report.path("episodes").get(0).path("why").asString())
        .isEqualTo("changed: flac, opus-64");
  }

  /** No emulator enforces policies: what no role permits would first be seen on AWS. */
  @Test
  @Order(9)
  void each_process_may_do_what_it_did_by_its_own_role_in_the_stack_and_little_else()
      throws IOException {
    Path template = Path.of("packer", "stack.yaml");
    StackRoles stack =
        StackRoles.of(Files.exists(template) ? template : Path.of("..").resolve(template));
    Set<Witness.Need> needs = episode.witness.needs();
    assertThat(needs)
        .extracting(Witness.Need::process)
        .contains("ingest", "worker", "assembler", "autoscaler");
    assertThat(needs).filteredOn(need -> !stack.permits(need)).isEmpty();
    assertThat(NeededElsewhere.BY_WHOM.keySet()).containsAll(stack.beyond(needs));
    assertThat(stack.actions()).containsAll(NeededElsewhere.BY_WHOM.keySet());
  }
}
