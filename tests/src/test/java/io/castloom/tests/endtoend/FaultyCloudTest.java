package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.tests.wire.Storm;
import io.castloom.tests.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call in twenty to S3 and SQS fails with all its retries: it is answered 503, or its
 * connection is reset, before or after it was carried out.
 */
@Tag("slow")
final class FaultyCloudTest {

  private static final int JOBS = 20;
  private static final double SHARE = 0.05;
  private static final int MOST_TRIES = 30;

  @TempDir private static Path folder;

  @Test
  void a_cloud_that_fails_one_call_in_twenty_loses_nothing()
      throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "worker.visibility", "20s",
            "jobs.callbacksInside", "true",
            "autoscaler.healAfter", "8s");
    Storm storm = new Storm(SHARE, 43);
    List<Wire> wires = new ArrayList<>();
    try (ManyJobs many = new ManyJobs(folder, JOBS, 42);
        House house =
            House.on(folder.resolve("data"), settings, cloud -> through(storm, cloud, wires))) {
      storm.rage();
      List<String> jobs = new ArrayList<>();
      int refused = 0;
      for (Path file : many.files()) {
        HttpResponse<byte[]> answer = put(house, file, many.query());
        for (int tries = 1; answer.statusCode() != 201; tries++) {
          refused++;
          assertThat(answer.statusCode()).as(text(answer)).isEqualTo(503);
          assertThat(text(answer)).contains("\"status\":503").contains("\"detail\"");
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          assertThat(tries).as(text(answer)).isLessThan(MOST_TRIES);
          answer = put(house, file, many.query());
        }
        jobs.add(JsonMapper.shared().readTree(answer.body()).path("job").asString());
      }
      for (String job : jobs) {
        awaitEnd(house, job);
      }
      storm.abate();
      System.out.println(
          "faulty cloud: %d of %d calls failed, %d uploads were refused"
              .formatted(storm.failed(), storm.calls(), refused));
      assertThat(storm.failed()).isGreaterThan(20);
      many.verify(house, jobs);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  private static Map<String, String> through(
      Storm storm, Map<String, String> cloud, List<Wire> wires) {
    Map<String, String> way = new HashMap<>(cloud);
    for (String name : List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SQS")) {
      try {
        Wire wire = Wire.to(URI.create(Objects.requireNonNull(cloud.get(name), name)), storm);
        wires.add(wire);
        way.put(name, wire.endpoint().toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return way;
  }

  private static HttpResponse<byte[]> put(House house, Path file, String query)
      throws IOException, InterruptedException {
    return house.send(
        "PUT", "/v1/uploads/" + file.getFileName() + query, BodyPublishers.ofFile(file));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Asks until the job has ended; an answer of 503 is not the job's. */
  private static void awaitEnd(House house, String job) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (true) {
      HttpResponse<byte[]> answer = house.send("GET", "/v1/jobs/" + job, BodyPublishers.noBody());
      if (answer.statusCode() == 200) {
        JsonNode view = JsonMapper.shared().readTree(answer.body());
        String state = view.path("state").asString();
        if (!state.equals("queued") && !state.equals("running")) {
          return;
        }
      } else {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(503);
      }
      assertThat(System.nanoTime()).as(job + ": " + text(answer)).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
