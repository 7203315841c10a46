package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EndToEndTest {

  @TempDir private static Path folder;

  private static House house;
  private static Sound sound;

  @BeforeAll
  static void a_running_house() throws IOException, InterruptedException {
    sound = new Sound();
    house = House.on(folder.resolve("data"));
  }

  @AfterAll
  static void nothing_is_left_running() {
    if (house != null) {
      house.close();
    }
    assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid)).isEmpty();
  }

  @Test
  void an_mp2_that_goes_in_by_curl_comes_out_as_an_mp3_that_sounds_the_same()
      throws IOException, InterruptedException {
    Path recording = House.recording("harbour-lights.mp2", folder);
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sS",
                "-T",
                recording.toString(),
                "-H",
                "Authorization: Bearer " + house.system().ready().token(),
                house.system().ready().http() + "/v1/uploads/harbour-lights.mp2")
            .redirectErrorStream(true)
            .start();
    JsonNode receipt = JsonMapper.shared().readTree(curl.getInputStream().readAllBytes());

    JsonNode job = house.ended(receipt.path("job").asString());

    assertThat(job.path("state").asString()).isEqualTo("done");
    Path mp3 = house.rendition(job, "mp3-128", folder.resolve("harbour.mp3"));
    Sound.Heard before = sound.hear(recording);
    Sound.Heard after = sound.hear(mp3);
    assertThat(after.samples() / 2.0).isCloseTo((double) before.samples(), within(1500.0));
    assertThat(after.meanDb()).isCloseTo(before.meanDb(), within(0.5));
  }

  @Test
  void a_flac_that_goes_in_by_ftp_is_found_under_out_when_it_is_done()
      throws IOException, InterruptedException {
    Path recording = House.recording("field-note.flac", folder);
    FTPClient ftp = login();
    try (InputStream in = Files.newInputStream(recording)) {
      assertThat(ftp.storeFile("/in/field-note.flac", in)).as(ftp.getReplyString()).isTrue();
    }
    JsonNode listed = null;
    for (JsonNode job : house.get("/v1/jobs?limit=50").path("jobs")) {
      listed = job.path("filename").asString().equals("field-note.flac") ? job : listed;
    }
    assertThat(listed).isNotNull();
    JsonNode job = house.ended(listed.path("id").asString());

    assertThat(job.path("state").asString()).isEqualTo("done");
    List<String> out = List.of(ftp.listNames("/out/field-note"));
    assertThat(out).anyMatch(name -> name.endsWith(".mp3"));
    ftp.disconnect();
    Path mp3 = house.rendition(job, "mp3-128", folder.resolve("note.mp3"));
    Sound.Heard before = sound.hear(recording);
    Sound.Heard after = sound.hear(mp3);
    assertThat(after.samples() / 2.0 / 44_100).isCloseTo(before.samples() / 16_000.0, within(0.05));
    assertThat(after.meanDb()).isCloseTo(before.meanDb(), within(1.0));
  }

  @Test
  void the_same_file_twice_is_one_original_and_one_job() throws IOException, InterruptedException {
    Path recording = House.recording("intro.mp3", folder);

    JsonNode first = house.upload(recording, "");
    JsonNode second = house.upload(recording, "");

    assertThat(second.path("original")).isEqualTo(first.path("original"));
    assertThat(second.path("job")).isEqualTo(first.path("job"));
    assertThat(house.ended(first.path("job").asString()).path("state").asString())
        .isEqualTo("done");
  }

  @Test
  void another_profile_on_a_stored_original_costs_only_that_profile()
      throws IOException, InterruptedException {
    JsonNode receipt = house.upload(House.recording("outro.mp3", folder), "?profiles=mp3-128");
    house.ended(receipt.path("job").asString());

    JsonNode ordered =
        house.json(
            "POST",
            "/v1/jobs",
            BodyPublishers.ofString(
                "{\"original\":\"%s\",\"profiles\":[\"aac-128\"]}"
                    .formatted(receipt.path("original").asString())));
    JsonNode job = house.ended(ordered.path("id").asString());

    Path m4a = house.rendition(job, "aac-128", folder.resolve("outro.m4a"));
    assertThat(sound.hear(m4a).samples()).isPositive();
    assertThat(job.path("renditions").size()).isEqualTo(1);
  }

  @Test
  void a_web_page_is_refused_with_a_reason_and_leaves_nothing()
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        house.send(
            "PUT",
            "/v1/uploads/episode.mp3",
            BodyPublishers.ofString("<!doctype html><html><body>Not found</body></html>"));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("web page");
    for (JsonNode job : house.get("/v1/jobs?limit=100").path("jobs")) {
      assertThat(job.path("filename").asString()).isNotEqualTo("episode.mp3");
    }
  }

  @Test
  void a_playlist_that_names_files_is_refused_and_nothing_is_read()
      throws IOException, InterruptedException {
    String playlist = "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";

    HttpResponse<byte[]> response =
        house.send("PUT", "/v1/uploads/list.mp3", BodyPublishers.ofString(playlist));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("root:");
  }

  @Test
  void a_wrong_token_is_401_with_problem_details() throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        house.send(
            "GET", "/v1/jobs", BodyPublishers.noBody(), "Authorization", "Bearer demo.wrong");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void renditions_are_served_in_ranges() throws IOException, InterruptedException {
    JsonNode receipt = house.upload(House.recording("intro.mp3", folder), "");
    JsonNode job = house.ended(receipt.path("job").asString());
    String url = job.path("renditions").path(0).path("url").asString();
    byte[] all = house.send("GET", url, BodyPublishers.noBody()).body();

    HttpResponse<byte[]> part =
        house.send("GET", url, BodyPublishers.noBody(), "Range", "bytes=100-199");

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(new ByteArrayInputStream(all, 100, 100).readAllBytes()).isEqualTo(part.body());
  }

  private static FTPClient login() throws IOException {
    URI address = URI.create(house.system().ready().ftp());
    FTPClient ftp = new FTPClient();
    ftp.connect(address.getHost(), address.getPort());
    assertThat(ftp.login(house.system().ready().account(), house.system().ready().token()))
        .isTrue();
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
    return ftp;
  }
}
