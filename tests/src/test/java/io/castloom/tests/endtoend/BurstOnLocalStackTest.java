package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The autoscaler, EC2's code path and real workers, with the emulator's machines as processes. */
@Tag("localstack")
@Tag("slow")
final class BurstOnLocalStackTest {

  @TempDir private static Path folder;

  /** The target, which is longer than any boot here, so that no slot is kept ready afterwards. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void a_burst_launches_instances_that_do_it_are_drained_and_terminated()
      throws IOException, InterruptedException {
    Sound sound = new Sound();
    Map<String, String> settings =
        Map.of("autoscaler.targetWait.normal", "30s", "autoscaler.billingMinimum", "5s");
    try (House house = House.onLocalStack(folder.resolve("data"), settings)) {
      List<String> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Path tone =
            sound.make(
                folder.resolve("tone" + i + ".wav"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=" + (300 + 50 * i) + ":duration=4");
        jobs.add(house.upload(tone, "").path("job").asString());
      }
      for (String job : jobs) {
        JsonNode ended = house.ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
        assertThat(waited(ended)).isLessThan(PATIENCE);
      }
      List<Instance> fleet = house.system().fleet().list();
      assertThat(fleet).isNotEmpty().allMatch(it -> it.type().equals("c6i.large"));

      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      while (!allGone(house) && Instant.now().isBefore(deadline)) {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      }
      assertThat(allGone(house)).as("drained and terminated in the end").isTrue();
    }
  }

  /** From its upload until a worker of an instance that was launched for it took it. */
  private static Duration waited(JsonNode job) {
    Instant first = Instant.MAX;
    for (JsonNode task : job.path("tasks")) {
      JsonNode attempt = task.path("attempts").path(0);
      if (!attempt.isMissingNode()) {
        Instant at = Instant.parse(attempt.path("startedAt").asString());
        first = at.isBefore(first) ? at : first;
      }
    }
    return Duration.between(Instant.parse(job.path("createdAt").asString()), first);
  }

  private static boolean allGone(House house) throws IOException {
    return house.system().fleet().list().stream().allMatch(it -> it.state() == InstanceState.GONE);
  }
}
