package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.ingest.World;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ErrorsTest extends ApiServer {
  @Test
  void every_error_has_problem_details() throws Exception {
    problem(send(get("/v1/nothing")), 404, "not-found");
    problem(send(get("/nothing/at/all")), 404, "not-found");
    problem(send(get("/v1/jobs/12345678")), 404, "not-found");
    problem(send(get("/v1/jobs/NOT%20A%20JOB")), 404, "not-found");
    problem(send(get("/v1/jobs?limit=0")), 400, "bad-parameter");
    problem(send(get("/v1/queues")), 403, "operators-only");
    problem(send(request("/v1/jobs").PUT(BodyPublishers.noBody()).build()), 405, "method");
    problem(send(request("/v1/jobs").POST(BodyPublishers.ofString("{")).build()), 400, "bad-json");
    problem(
        send(
            request("/v1/jobs")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build()),
        415,
        "wrong-media-type");
    problem(send(put("x.wav?profiles=mp3-999", new byte[10])), 400, "bad-parameter");
    problem(send(put("x.wav?priority=now", new byte[10])), 400, "bad-parameter");
    problem(send(put("x.wav", new byte[(int) (49 * World.MIB)])), 413, "too-large");
    assertThat(raw("GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json");
    assertThat(raw("GET /v1/jobs HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(40_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("application/problem+json");
  }

  @Test
  void wrong_tokens_are_refused_and_slowed_down() throws Exception {
    HttpRequest anonymous = HttpRequest.newBuilder(uri("/v1/jobs")).build();
    HttpResponse<String> response = send(anonymous);
    problem(response, 401, "not-authenticated");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    HttpRequest wrong =
        HttpRequest.newBuilder(uri("/v1/jobs"))
            .header("Authorization", "Bearer demo." + "x".repeat(43))
            .build();
    for (int i = 0; i < 5; i++) {
      problem(send(wrong), 401, "not-authenticated");
    }
    problem(send(wrong), 429, "too-many-wrong-tokens");
  }

  @Test
  void a_refused_upload_is_told_before_it_is_sent() throws Exception {
    String answer =
        raw(
            head(
                "PUT /v1/uploads/a.wav",
                world.token,
                "Content-Length: 1000000000",
                "Expect: 100-continue"));
    assertThat(answer).startsWith("HTTP/1.1 413").contains("too-large");
    String unknown =
        raw(
            head(
                "PUT /v1/uploads/a.wav", "nobody", "Content-Length: 1000", "Expect: 100-continue"));
    assertThat(unknown).startsWith("HTTP/1.1 401").contains("not-authenticated");
  }
}
