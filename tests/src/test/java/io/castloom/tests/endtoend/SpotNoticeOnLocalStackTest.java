package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The spot market takes an instance of the emulator back in the middle of its task. */
@Tag("localstack")
@Tag("slow")
final class SpotNoticeOnLocalStackTest {

  private static final int SECONDS = 900;

  @TempDir private static Path folder;

  @Test
  void an_interrupted_worker_hands_its_task_back_and_another_finishes_it()
      throws IOException, InterruptedException {
    Sound sound = new Sound();
    // one task, long enough to be in its middle when the notice is seen
    Map<String, String> settings =
        Map.of("autoscaler.targetWait.normal", "5s", "jobs.segmentAbove", "2h");
    try (House house = House.onLocalStack(folder.resolve("data"), settings)) {
      Path recording =
          sound.make(
              folder.resolve("evening.flac"),
              "-stream_loop",
              "-1",
              "-i",
              House.recording("harbour-lights.mp2", folder).toString(),
              "-t",
              "" + SECONDS);
      String job = house.upload(recording, "?profiles=mp3-128").path("job").asString();
      String first = instance(house, job);
      house.system().interrupt(new InstanceId(first));

      JsonNode ended = house.ended(job);
      assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
      JsonNode attempts = encoding(ended).path("attempts");
      assertThat(attempts.path(0).path("instance").asString()).isEqualTo(first);
      assertThat(attempts.path(0).path("outcome").asString()).isEqualTo("interrupted");
      assertThat(attempts.path(0).path("cause").asString()).contains("spot interruption");
      JsonNode last = attempts.path(attempts.size() - 1);
      assertThat(last.path("outcome").asString()).isEqualTo("produced");
      assertThat(last.path("instance").asString()).isNotEqualTo(first);
      assertThat(encoding(ended).path("failures").asInt()).as("nobody's fault").isZero();
      List<Instance> fleet = house.system().fleet().list();
      assertThat(fleet)
          .filteredOn(it -> it.id().value().equals(first))
          .allMatch(it -> it.state() == InstanceState.GONE);
      Path mp3 = house.rendition(ended, "mp3-128", folder.resolve("evening.mp3"));
      assertThat(sound.hear(mp3).samples() / 88_200.0).isCloseTo(SECONDS, within(0.1));
    }
  }

  /** Who has taken the job's encoding. */
  private static String instance(House house, String job) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(deadline)) {
      JsonNode attempt = encoding(house.get("/v1/jobs/" + job)).path("attempts").path(0);
      if (!attempt.isMissingNode()) {
        return attempt.path("instance").asString();
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("nobody took it: " + house.get("/v1/jobs/" + job));
  }

  private static JsonNode encoding(JsonNode job) {
    for (JsonNode task : job.path("tasks")) {
      if (task.path("name").asString().startsWith("encode")) {
        return task;
      }
    }
    throw new AssertionError("no encoding in " + job);
  }
}
