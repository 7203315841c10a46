package io.castloom.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JobsTest extends ApiServer {
  @Test
  void a_rendition_is_sent_with_ranges_and_conditions() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 5);
    send(put("Ünïcode talk.wav".replace(" ", "%20"), bytes));
    Sha256 sha = Sha256.of(bytes);
    byte[] audio = FakeTools.recording(100_000, 6);
    world.store.put(
        "pieces/" + sha + "/mp3-128/enc1/audio.mp3",
        ObjectData.of(audio, "audio/mpeg"),
        PutCondition.ifAbsent());
    String path = "/v1/renditions/" + sha + "/mp3-128";
    HttpResponse<byte[]> all = http.send(get(path), BodyHandlers.ofByteArray());
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(audio);
    assertThat(all.headers().firstValue("Content-Type")).hasValue("audio/mpeg");
    assertThat(all.headers().firstValue("Content-Disposition").orElseThrow()).contains("talk.mp3");
    String etag = all.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> part =
        http.send(request(path).header("Range", "bytes=10-19").build(), BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-19/100000");
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(audio, 10, 20));
    assertThat(range(path, "bytes=0-0").body()).hasSize(1);
    assertThat(range(path, "bytes=-5").body()).hasSize(5);
    assertThat(range(path, "bytes=99990-").body()).hasSize(10);
    assertThat(range(path, "bytes=5-4,7-8").statusCode()).isEqualTo(200);
    assertThat(range(path, "bytes=100000-").statusCode()).isEqualTo(416);
    HttpRequest head = request(path).HEAD().build();
    HttpResponse<byte[]> answer = http.send(head, BodyHandlers.ofByteArray());
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("100000");
    assertThat(
            http.send(request(path).header("If-None-Match", etag).build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(304);
    problem(send(get("/v1/renditions/" + sha + "/flac")), 404, "not-found");
    problem(send(get("/v1/renditions/" + "0".repeat(64) + "/flac")), 404, "not-found");
  }

  @Test
  void a_job_is_ordered_followed_cancelled_and_tried_again() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 7);
    send(put("a.wav", bytes));
    HttpResponse<String> ordered =
        send(
            request("/v1/jobs")
                .POST(
                    BodyPublishers.ofString(
                        "{\"original\":\""
                            + Sha256.of(bytes)
                            + "\",\"profiles\":[\"flac\"],\"loudness\":\"-16 LUFS\"}"))
                .build());
    assertThat(ordered.statusCode()).isEqualTo(201);
    String id = json(ordered).path("id").asString();
    HttpResponse<InputStream> events =
        http.send(get("/v1/jobs/" + id + "/events"), BodyHandlers.ofInputStream());
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    HttpResponse<String> cancelled = send(request("/v1/jobs/" + id).DELETE().build());
    assertThat(json(cancelled).path("state").asString()).isEqualTo("cancelled");
    assertThat(json(cancelled).path("tasks"))
        .isNotEmpty()
        .allSatisfy(task -> assertThat(task.path("state").asString()).isEqualTo("cancelled"));
    String course = new String(events.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(course).contains("event: job").endsWith("{\"state\":\"cancelled\"}\n\n");
    HttpResponse<String> again =
        send(request("/v1/jobs/" + id + "/retry").POST(BodyPublishers.noBody()).build());
    assertThat(json(again).path("state").asString()).isEqualTo("queued");
    problem(
        send(request("/v1/jobs/" + id + "/retry").POST(BodyPublishers.noBody()).build()),
        409,
        "job-state");
    assertThat(json(send(get("/v1/jobs/" + id + "/why"))).path("why").asString()).isNotEmpty();
  }

  @Test
  void what_builds_upon_a_rejected_task_is_skipped_not_queued() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 8);
    HttpRequest louder =
        request("/v1/uploads/a.wav?profiles=flac&loudness=-16")
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build();
    JobId id = new JobId(json(send(louder)).path("job").asString());
    JobFlow flow = JobFlow.of(world.jobs.find(World.DEMO, id).orElseThrow(), Map.of());
    world.jobs.begin(
        new TaskRecord(
            flow.plans().getFirst().id(), World.DEMO, TaskState.REJECTED, 0, List.of(), List.of()));

    JsonNode job = json(send(get("/v1/jobs/" + id)));

    assertThat(job.path("state").asString()).isEqualTo("rejected");
    assertThat(job.path("tasks").valueStream().map(it -> it.path("state").asString()))
        .containsExactly("rejected", "skipped");
  }

  @Test
  void a_callback_to_an_address_inside_is_refused_with_the_order() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 9);
    for (String inside : List.of("http://169.254.169.254/x", "http://[::1]:80/", "http://10.1/")) {
      HttpResponse<String> answer =
          send(
              request("/v1/uploads/a.wav?callback=" + URLEncoder.encode(inside, UTF_8))
                  .PUT(BodyPublishers.ofByteArray(bytes))
                  .build());
      assertThat(problem(answer, 400, "bad-parameter").path("parameter").asString())
          .isEqualTo("callback");
    }
    send(put("a.wav", bytes));
    HttpRequest order =
        request("/v1/jobs")
            .POST(
                BodyPublishers.ofString(
                    "{\"original\":\"%s\",\"callback\":\"https://192.168.0.1/\"}"
                        .formatted(Sha256.of(bytes))))
            .build();
    assertThat(problem(send(order), 400, "bad-parameter").path("detail").asString())
        .isEqualTo("callback is an address of the public internet, not \"https://192.168.0.1/\"");
    problem(
        send(
            tus("/v1/tus")
                .header("Upload-Length", "10")
                .header(
                    "Upload-Metadata",
                    "filename " + base64("a.wav") + ",callback " + base64("http://127.0.0.1/"))
                .POST(BodyPublishers.noBody())
                .build()),
        400,
        "bad-parameter");
  }
}
