package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Sha256;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UploadTest extends ApiServer {
  @Test
  void a_whole_file_becomes_an_original_and_a_job() throws Exception {
    byte[] bytes = FakeTools.recording(300_000, 1);
    HttpResponse<String> response =
        send(put("talk.wav?profiles=mp3-128,aac-128&priority=high&externalId=a1", bytes));
    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode receipt = json(response);
    assertThat(receipt.path("original").asString()).isEqualTo(Sha256.of(bytes).hex());
    JsonNode job = json(send(get("/v1/jobs/" + receipt.path("job").asString())));
    assertThat(job.path("state").asString()).isEqualTo("queued");
    assertThat(job.path("priority").asString()).isEqualTo("high");
    assertThat(job.path("externalId").asString()).isEqualTo("a1");
    assertThat(job.path("tasks")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(job.path("why").asString()).isNotEmpty();
    assertThat(json(send(get("/v1/jobs"))).path("jobs")).hasSize(1);
    assertThat(world.messages()).isPositive();
  }

  @Test
  void the_same_file_twice_is_one_job_also_with_an_idempotency_key() throws Exception {
    byte[] bytes = FakeTools.recording(300_000, 2);
    String first = json(send(put("a.wav", bytes))).path("job").asString();
    String second = json(send(put("a.wav", bytes))).path("job").asString();
    assertThat(second).isEqualTo(first);
    HttpRequest keyed =
        request("/v1/uploads/b.wav")
            .header("Idempotency-Key", "k1")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    assertThat(send(keyed).body()).isEqualTo(send(keyed).body());
    HttpRequest other =
        request("/v1/uploads/c.wav")
            .header("Idempotency-Key", "k1")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    problem(send(other), 422, "idempotency-key-reused");
    HttpRequest longer =
        request("/v1/uploads/b.wav")
            .header("Idempotency-Key", "k1")
            .PUT(BodyPublishers.ofByteArray(FakeTools.recording(5_003, 7)))
            .build();
    problem(send(longer), 422, "idempotency-key-reused");
    assertThat(json(send(get("/v1/jobs"))).path("jobs")).hasSize(1);
  }

  @Test
  void what_is_no_recording_is_refused_with_the_reason_and_nothing_is_queued() throws Exception {
    HttpResponse<String> response =
        send(put("page.mp3", "<html>hello</html>".getBytes(StandardCharsets.UTF_8)));
    JsonNode problem = problem(response, 422, "not-a-recording");
    assertThat(problem.path("detail").asString()).isEqualTo("this is a web page, not a recording");
    problem(send(put("empty.mp3", new byte[0])), 422, "not-a-recording");
    assertThat(world.keys("originals/")).isEmpty();
    assertThat(world.keys("uploads/")).isEmpty();
    assertThat(world.messages()).isZero();
  }

  @Test
  void a_wish_that_nobody_reads_is_refused_before_the_file_is_taken() throws Exception {
    HttpRequest mistyped =
        request("/v1/uploads/a.wav?profile=mp3-192")
            .PUT(BodyPublishers.ofByteArray(FakeTools.recording(5_000, 1)))
            .build();
    assertThat(problem(send(mistyped), 400, "bad-parameter").path("detail").asString())
        .startsWith("\"profile\" cannot be asked for here; possible are")
        .contains("profiles");
    assertThat(world.keys("originals/")).isEmpty();
  }

  @Test
  void an_announced_digest_is_checked() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 3);
    problem(send(digested(bytes, Sha256.of(new byte[1]))), 400, "digest-mismatch");
    assertThat(send(digested(bytes, Sha256.of(bytes))).statusCode()).isEqualTo(201);
    HttpRequest nonsense =
        request("/v1/uploads/x.wav")
            .header("Content-Digest", "sha-256=:AAAA:")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    problem(send(nonsense), 400, "bad-parameter");
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing() throws Exception {
    byte[] bytes = FakeTools.recording((int) (10 * World.MIB), 4);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("PUT /v1/uploads/cut.wav HTTP/1.1\r\nHost: x\r\nContent-Length: "
                      + bytes.length
                      + "\r\nAuthorization: Bearer "
                      + world.token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes, 0, (int) (9 * World.MIB));
      await(() -> world.spool.reservedBytes() > 0);
    }
    await(() -> world.spool.reservedBytes() == 0);
    assertThat(world.keys("originals/")).isEmpty();
    assertThat(world.keys("uploads/")).isEmpty();
    assertThat(world.messages()).isZero();
  }

  @Test
  void a_long_upload_is_announced_while_it_runs_and_no_longer() throws Exception {
    byte[] bytes = FakeTools.recording((int) (9 * World.MIB), 9);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("PUT /v1/uploads/cut.mp3 HTTP/1.1\r\nHost: x\r\nContent-Length: "
                      + 40 * World.MIB
                      + "\r\nAuthorization: Bearer "
                      + world.token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      await(
          () -> {
            world.heraldClock.advance(Duration.ofSeconds(3));
            world.herald.runOnce();
            return !world.keys("announcements/uploads/").isEmpty();
          });
      assertThat(world.keys("announcements/uploads/")).hasSize(1);
    }
    await(() -> world.keys("announcements/uploads/").isEmpty());
  }

  @Test
  void bytes_that_come_again_under_another_name_are_one_job_with_both_names() throws Exception {
    byte[] bytes = FakeTools.recording(4_000, 77);
    String job = json(send(put("first.wav", bytes))).path("job").asString();
    JsonNode again = json(send(put("second.wav", bytes)));
    assertThat(again.path("job").asString()).isEqualTo(job);
    assertThat(again.path("known").asBoolean()).isTrue();
    assertThat(again.path("filename").asString()).isEqualTo("second.wav");
    send(put("second.wav", bytes));
    JsonNode shown = json(send(get("/v1/jobs/" + job)));
    assertThat(shown.path("filename").asString()).isEqualTo("first.wav");
    assertThat(shown.path("otherNames").valueStream().map(JsonNode::asString))
        .containsExactly("second.wav");
    JsonNode listed = json(send(get("/v1/jobs"))).path("jobs");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("otherNames").get(0).asString()).isEqualTo("second.wav");
  }
}
