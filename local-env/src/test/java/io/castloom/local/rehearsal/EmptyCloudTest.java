package io.castloom.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.CallListener;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.local.instance.ChildProcess;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cloud that images rehearse against is enough for the processes that are to come up. */
final class EmptyCloudTest {

  private static Map<String, String> environment(EmptyCloud cloud) {
    return Map.of(
        "AWS_ENDPOINT_URL", cloud.endpoint().toString(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "none",
        "AWS_SECRET_ACCESS_KEY", "none");
  }

  @Test
  void objects_are_kept_and_queues_are_empty() throws IOException {
    try (EmptyCloud empty = EmptyCloud.start()) {
      Map<String, String> environment = environment(empty);
      CloudSettings where =
          CloudSettings.from(new SettingsReader(Map.of(), environment), environment);
      try (Cloud cloud = Cloud.open(where, CallListener.none())) {
        cloud.provision();
        byte[] text = "grüße \"\\\n".getBytes(StandardCharsets.UTF_8);
        cloud.privateStore().put("a/b", ObjectData.of(text, "text/plain"), PutCondition.always());
        try (var content = cloud.privateStore().get("a/b", null)) {
          assertThat(content.stream().readAllBytes()).isEqualTo(text);
        }
        assertThat(cloud.privateStore().head("a/c")).isEmpty();
        assertThat(cloud.privateStore().list("a/", "", 10).objects())
            .extracting(info -> info.key())
            .containsExactly("a/b");
        cloud.privateStore().delete("a/b");
        assertThat(cloud.privateStore().list("a/", "", 10).objects()).isEmpty();
        var channel = cloud.control().open(new InstanceId("i-1"));
        assertThat(channel.receive(1, Duration.ZERO, Duration.ofMinutes(1))).isEmpty();
      }
    }
  }

  @Test
  void a_worker_comes_up_asks_for_messages_and_ends_when_told(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (EmptyCloud cloud = EmptyCloud.start()) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "io.castloom.worker.WorkerMain"));
      ProcessBuilder builder = new ProcessBuilder(command);
      Map<String, String> environment = new HashMap<>(environment(cloud));
      environment.put("CASTLOOM_ADMIN_PORT", "0");
      environment.put("CASTLOOM_WORKER_FOLDER", folder.resolve("work").toString());
      builder.environment().putAll(environment);
      Path log = folder.resolve("worker.log");
      ChildProcess worker = ChildProcess.start(builder, log);
      try {
        assertThat(cloud.awaitReceive(60)).as(() -> read(log)).isTrue();
      } finally {
        worker.kill();
        worker.ended().join();
      }
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
