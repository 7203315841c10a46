package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.fleet.RollBook;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What `castloom fleet roll` does, by the API. */
final class RollTest extends ApiServer {

  private HttpResponse<String> roll(String method, String query, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/v1/fleet/roll" + query))
            .header("Authorization", "Bearer " + world.operatorToken)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void a_roll_is_begun_looked_at_and_taken_back() throws Exception {
    HttpResponse<String> begun =
        roll(
            "POST",
            "",
            "{\"image\":\"ami-0123456789abcdef0\",\"canary\":0.25,\"tasks\":3,\"patience\":\"10m\"}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    assertThat(json(begun).path("author").asString()).isEqualTo("ops");
    Roll kept = new RollBook(world.store, world.clock).read().active(TaskKind.TRANSCODE).get();
    assertThat(kept.to()).isEqualTo(new FleetImage("ami-0123456789abcdef0"));
    assertThat(kept.terms().canaryShare()).isEqualTo(0.25);
    assertThat(kept.terms().tasks()).isEqualTo(3);
    assertThat(kept.terms().patience()).isEqualTo(Duration.ofMinutes(10));

    problem(roll("POST", "", "{\"templateVersion\":7}"), 409, "roll-not-possible");
    assertThat(roll("POST", "", "{\"templateVersion\":7,\"kind\":\"assembly\"}").statusCode())
        .isEqualTo(202);
    HttpResponse<String> status = roll("GET", "", "");
    assertThat(json(status).path("rolls")).hasSize(2);

    HttpResponse<String> back = roll("DELETE", "", "");
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    assertThat(json(back).path("note").asString()).isEqualTo("aborted by ops");
    assertThat(roll("DELETE", "?kind=assembly", "").statusCode()).isEqualTo(200);
  }

  @Test
  void what_makes_no_sense_is_refused_with_the_rule() throws Exception {
    assertThat(problem(roll("POST", "", "{}"), 400, "bad-parameter").path("detail").asString())
        .contains("image")
        .contains("templateVersion");
    problem(
        roll("POST", "", "{\"image\":\"ami-01234567\",\"templateVersion\":\"2\"}"),
        400,
        "bad-parameter");
    wrong("image", "\"7\"", "an image is ami-..., not 7");
    wrong("templateVersion", "\"ami-01234567\"", "a number or default");
    wrong("canary", "7", "above 0 and at most 1, not 7");
    wrong("tasks", "0", "1 to 10000 tasks, not 0");
    wrong("tasks", "\"many\"", "not a number: many");
    wrong("patience", "\"soon\"", "a duration is written like");
    wrong("patience", "\"1s\"", "patience is 1m to 24h");
    wrong("kind", "\"toast\"", "is transcode or assembly");
    wrong("cannary", "1", "is no field of a roll");
    problem(roll("POST", "", "{\"templateVersion\":\"default\"}"), 409, "roll-not-possible");
    problem(roll("DELETE", "", ""), 404, "not-found");
    problem(roll("DELETE", "?kind=toast", ""), 400, "bad-parameter");
  }

  private void wrong(String field, String value, String rule) throws Exception {
    String version =
        field.equals("image") || field.equals("templateVersion") ? "" : "\"templateVersion\":2,";
    var problem =
        problem(
            roll("POST", "", "{" + version + "\"" + field + "\":" + value + "}"),
            400,
            "bad-parameter");
    assertThat(problem.path("parameter").asString()).isEqualTo(field);
    assertThat(problem.path("detail").asString()).contains(rule);
  }

  @Test
  void only_operators_roll_the_fleet() throws Exception {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      HttpRequest request =
          request("/v1/fleet/roll").method(method, BodyPublishers.ofString("{}")).build();
      problem(send(request), 403, "operators-only");
    }
  }
}
