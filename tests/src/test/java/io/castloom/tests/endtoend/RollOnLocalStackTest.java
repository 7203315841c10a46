package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceState;
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
import tools.jackson.databind.JsonNode;

/**
 * The fleet is rolled to another version of its launch template by the API, with the emulator's
 * machines as processes that do real tasks.
 */
@Tag("localstack")
@Tag("slow")
final class RollOnLocalStackTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The image of the first version, which the emulator does not copy into another. */
  private static final String OURS = "ami-12c6146b";

  /** An image that the emulator knows and in which there is no Castloom. */
  private static final String OTHER = "ami-785db401";

  private static final Map<String, String> TWO_WORKERS =
      Map.of("autoscaler.minInstances.transcode", "2", "autoscaler.maxInstances", "4");

  @TempDir private Path folder;
  private int tones;

  @Test
  void a_good_version_tries_tasks_on_a_canary_and_then_replaces_every_worker()
      throws IOException, InterruptedException {
    try (House house = House.onLocalStack(folder.resolve("data"), TWO_WORKERS)) {
      await(house, () -> images(house).size() == 2);
      assertThat(images(house)).containsOnly(FleetImage.DEFAULT);
      String version = newVersion(house, OURS);
      begin(house, version);
      List<String> jobs = new ArrayList<>();
      await(
          house,
          () -> {
            jobs.add(upload(house));
            return !phase(house).equals("canary");
          });
      await(house, () -> phase(house).equals("done"));
      await(house, () -> images(house).size() == 2);
      assertThat(images(house)).containsOnly(new FleetImage(version));
      for (String job : jobs) {
        JsonNode ended = house.ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
      }
      assertThat(roll(house).path("progress").path("newGood").asInt()).isGreaterThanOrEqualTo(2);
      assertThat(house.operators("GET", "/v1/fleet/roll", "").path("images").toString())
          .contains(version);
    }
  }

  @Test
  void a_version_whose_image_does_not_come_up_is_rolled_back()
      throws IOException, InterruptedException {
    try (House house = House.onLocalStack(folder.resolve("data"), TWO_WORKERS)) {
      await(house, () -> images(house).size() == 2);
      begin(house, newVersion(house, OTHER));
      await(house, () -> phase(house).equals("rolled_back"));
      assertThat(roll(house).path("note").asString()).contains("in a row ended before they joined");
      assertThat(images(house)).hasSize(2).containsOnly(FleetImage.DEFAULT);
      JsonNode ended = house.ended(upload(house));
      assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
    }
  }

  /** A version of the launch template with an image; gives its number. */
  private static String newVersion(House house, String image) throws IOException {
    return Long.toString(
        LocalStack.clients()
            .ec2()
            .createLaunchTemplateVersion(
                b ->
                    b.launchTemplateName(house.environment() + "-worker")
                        .sourceVersion("1")
                        .launchTemplateData(d -> d.imageId(image)))
            .launchTemplateVersion()
            .versionNumber());
  }

  private static void begin(House house, String version) throws IOException, InterruptedException {
    house.operators(
        "POST",
        "/v1/fleet/roll",
        "{\"templateVersion\":" + version + ",\"canary\":0.3,\"tasks\":2}");
  }

  private String upload(House house) throws IOException, InterruptedException {
    Path tone =
        new Sound()
            .make(
                folder.resolve("tone" + tones + ".wav"),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=" + (300 + tones++) + ":duration=4");
    return house.upload(tone, "").path("job").asString();
  }

  private static JsonNode roll(House house) throws IOException, InterruptedException {
    JsonNode rolls = house.operators("GET", "/v1/fleet/roll", "").path("rolls");
    return rolls.path(rolls.size() - 1);
  }

  private static String phase(House house) throws IOException, InterruptedException {
    return roll(house).path("phase").asString();
  }

  /** What the living workers were launched from. */
  private static List<FleetImage> images(House house) throws IOException {
    return house.system().fleet().list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING)
        .map(FleetImage::of)
        .toList();
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(House house, Condition condition)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            house.operators("GET", "/v1/fleet/roll", "")
                + "\n"
                + house.operators("GET", "/v1/fleet", ""));
      }
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }
}
