package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
final class KilledWorkerTest {

  @TempDir private static Path folder;

  @Test
  void workers_that_are_killed_in_the_middle_lose_nothing()
      throws IOException, InterruptedException {
    Sound sound = new Sound();
    Path recording =
        sound.make(
            folder.resolve("afternoon.flac"),
            "-stream_loop",
            "-1",
            "-i",
            House.recording("harbour-lights.mp2", folder).toString(),
            "-t",
            "340");
    // Short leases, so that the dead workers' task is handed out again within the test's patience.
    try (House house = House.on(folder.resolve("data"), Map.of("worker.visibility", "20s"))) {
      String job = house.upload(recording, "").path("job").asString();
      while (!house.get("/v1/jobs/" + job).path("stage").asString().equals("encode")) {
        Thread.onSpinWait();
      }

      List<ProcessHandle> workers =
          ProcessHandle.current()
              .children()
              .filter(child -> child.info().command().orElse("").endsWith("java"))
              .toList();
      assertThat(workers).isNotEmpty();
      workers.forEach(ProcessHandle::destroyForcibly);

      JsonNode ended = house.ended(job);
      assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
      assertThat(attempts(ended)).isGreaterThan(1);
      Path mp3 = house.rendition(ended, "mp3-128", folder.resolve("afternoon.mp3"));
      assertThat(sound.hear(mp3).samples() / 88_200.0).isCloseTo(340.0, within(0.1));
    }
  }

  private static int attempts(JsonNode job) {
    for (JsonNode task : job.path("tasks")) {
      if (task.path("name").asString().startsWith("encode")) {
        return task.path("attempts").size();
      }
    }
    return 0;
  }
}
