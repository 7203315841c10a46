package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.local.system.LocalSystem.CloudKind;
import io.castloom.tests.cloud.LocalStack;
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

/** The autoscaler, EC2's code path and real workers, with the emulator's machines as processes. */
@Tag("localstack")
@Tag("slow")
final class BurstOnLocalStackTest {

  @TempDir private static Path folder;

  @Test
  void a_burst_launches_instances_that_do_it_are_drained_and_terminated()
      throws IOException, InterruptedException {
    LocalStack.settings(); // skips, or fails, where there is none
    Sound sound = new Sound();
    Map<String, String> settings =
        Map.of("autoscaler.targetWait.normal", "8s", "autoscaler.billingMinimum", "5s");
    try (House house = House.on(folder.resolve("data"), CloudKind.LOCALSTACK, settings)) {
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
        assertThat(house.ended(job).path("state").asString()).isEqualTo("done");
      }
      // An emulator that others use may still run instances of an earlier system: they work, too.
      List<Instance> fleet = house.system().fleet().list();
      assertThat(fleet).isNotEmpty().allMatch(it -> it.type().equals("c6i.large"));

      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      while (!allGone(house) && Instant.now().isBefore(deadline)) {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      }
      assertThat(allGone(house)).as("drained and terminated in the end").isTrue();
    }
  }

  private static boolean allGone(House house) throws IOException {
    return house.system().fleet().list().stream().allMatch(it -> it.state() == InstanceState.GONE);
  }
}
