package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.CallListener;
import io.castloom.local.system.LocalSystem;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
final class AccountLimitTest {

  @TempDir private static Path folder;

  private record Try(Instant from, Instant to) {}

  @Test
  void an_account_with_a_limit_of_one_never_runs_two_tasks_at_once()
      throws IOException, InterruptedException {
    Path recording = House.recording("harbour-lights.mp2", folder);
    List<Try> tries = new ArrayList<>();
    try (House house = House.on(folder.resolve("data"), Map.of("worker.slots", "2"))) {
      limitTo(1, house.system().environment());
      List<String> jobs = new ArrayList<>();
      for (String profiles : List.of("mp3-192,mp3-v2", "flac,opus-64", "mp3-128,aac-128")) {
        jobs.add(house.upload(recording, "?profiles=" + profiles).path("job").asString());
      }
      for (String job : jobs) {
        JsonNode ended = house.ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("done");
        tries.addAll(tries(ended));
      }
    }
    tries.sort(Comparator.comparing(Try::from));
    assertThat(tries).hasSizeGreaterThanOrEqualTo(6);
    for (int i = 1; i < tries.size(); i++) {
      assertThat(tries.get(i).from()).isAfterOrEqualTo(tries.get(i - 1).to());
    }
  }

  private static void limitTo(int running, Map<String, String> environment) throws IOException {
    CloudSettings where =
        CloudSettings.from(new SettingsReader(Map.of(), environment), environment);
    try (Cloud cloud = Cloud.open(where, CallListener.none())) {
      new Accounts(cloud.privateStore(), InstantSource.system())
          .change(
              LocalSystem.DEMO,
              account ->
                  account.withLimits(
                      new Account.Limits(running, account.limits().uploadBytes(), 1)));
    }
  }

  private static List<Try> tries(JsonNode job) {
    List<Try> all = new ArrayList<>();
    for (JsonNode task : job.path("tasks")) {
      for (JsonNode attempt : task.path("attempts")) {
        if (attempt.hasNonNull("endedAt")) {
          all.add(
              new Try(
                  Instant.parse(attempt.path("startedAt").asString()),
                  Instant.parse(attempt.path("endedAt").asString())));
        }
      }
    }
    return all;
  }
}
