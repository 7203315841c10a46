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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The fleet is rolled to another version of its launch template by the API, with the emulator's
 * machines as processes that do real tasks.
 */
@Tag("localstack")
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RollOnLocalStackTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The image of the first version, which the emulator does not copy into another. */
  private static final String OURS = "ami-12c6146b";

  /** An image that the emulator knows and in which there is no Castloom. */
  private static final String OTHER = "ami-785db401";

  private static final Map<String, String> TWO_WORKERS =
      Map.of("autoscaler.minInstances.transcode", "2", "autoscaler.maxInstances", "4");

  @TempDir private static Path folder;
  private static House house;
  private static int tones;

  /** One system for both: a leader looks about for a minute before it rolls anything. */
  @BeforeAll
  static void start() throws IOException, InterruptedException {
    house = House.onLocalStack(folder.resolve("data"), TWO_WORKERS);
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  @Test
  @Order(2) // the other waits for boots that never end, the shorter the fewer slow ones were seen
  void a_good_version_tries_tasks_on_a_canary_and_then_replaces_every_worker()
      throws IOException, InterruptedException {
    FleetImage before = theOnlyImageOfTwo();
    String version = newVersion(OURS);
    begin(version);
    List<String> jobs = new ArrayList<>();
    await(
        () -> {
          jobs.add(upload());
          return !phase().equals("canary");
        });
    await(() -> phase().equals("done"));
    FleetImage after = theOnlyImageOfTwo();
    assertThat(after).isEqualTo(new FleetImage(version)).isNotEqualTo(before);
    for (String job : jobs) {
      JsonNode ended = house.ended(job);
      assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
    }
    assertThat(roll().path("progress").path("newGood").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(house.operators("GET", "/v1/fleet/roll", "").path("images").toString())
        .contains(version);
  }

  @Test
  @Order(1)
  void a_version_whose_image_does_not_come_up_is_rolled_back()
      throws IOException, InterruptedException {
    FleetImage before = theOnlyImageOfTwo();
    begin(newVersion(OTHER));
    await(() -> phase().equals("rolled_back"));
    assertThat(roll().path("note").asString()).contains("in a row ended before they joined");
    assertThat(theOnlyImageOfTwo()).isEqualTo(before);
    JsonNode ended = house.ended(upload());
    assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
  }

  private static FleetImage theOnlyImageOfTwo() throws IOException, InterruptedException {
    List<FleetImage> two = new ArrayList<>();
    await(
        () -> {
          two.clear();
          two.addAll(images());
          return two.size() == 2;
        });
    assertThat(two).containsOnly(two.getFirst());
    return two.getFirst();
  }

  /** A version of the launch template with an image; gives its number. */
  private static String newVersion(String image) throws IOException {
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

  private static void begin(String version) throws IOException, InterruptedException {
    house.operators(
        "POST",
        "/v1/fleet/roll",
        "{\"templateVersion\":" + version + ",\"canary\":0.3,\"tasks\":2}");
  }

  private static String upload() throws IOException, InterruptedException {
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

  private static JsonNode roll() throws IOException, InterruptedException {
    JsonNode rolls = house.operators("GET", "/v1/fleet/roll", "").path("rolls");
    return rolls.path(rolls.size() - 1);
  }

  private static String phase() throws IOException, InterruptedException {
    return roll().path("phase").asString();
  }

  /** What the living workers were launched from. */
  private static List<FleetImage> images() throws IOException {
    return house.system().fleet().list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING)
        .map(FleetImage::of)
        .toList();
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
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
