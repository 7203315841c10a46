package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallListener;
import io.castloom.aws.ec2.Ec2Fleet;
import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.aws.ec2.Ec2LaunchTemplates;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.CastloomMain;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.settings.SettingsReader;
import io.castloom.tests.cloud.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two autoscalers as processes of their own over the emulator's EC2; the leader is killed. */
@Tag("localstack")
@Tag("slow")
final class HotStandbyOnLocalStackTest {

  private static final Duration LEASE = Duration.ofSeconds(8);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String TYPE = "c6i.large";

  @TempDir private Path folder;
  private final String environment = "s" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end_them() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void the_second_one_takes_over_within_two_leases_and_launches_nothing_twice()
      throws IOException, InterruptedException {
    AwsSettings aws = LocalStack.settings();
    Map<String, String> variables = variables(aws);
    Fleet fleet = fleet();
    CloudSettings where = CloudSettings.from(new SettingsReader(Map.of(), variables), variables);
    try (Cloud cloud = Cloud.open(where, CallListener.none())) {
      cloud.provision();
      ScalerOperations scaler =
          new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system());
      Process first = autoscaler("first", variables);
      await(() -> leader(scaler).equals("first") && living(fleet) == 2);
      Process second = autoscaler("second", variables);
      // it has looked at the lease at least once when it says that it is up
      await(() -> Files.readString(log("second")).contains("is up"));
      assertThat(leader(scaler)).isEqualTo("first");

      first.destroyForcibly();
      Instant killed = Instant.now();
      await(() -> leader(scaler).equals("second"));
      Duration took = Duration.between(killed, Instant.now());
      assertThat(took).isLessThan(LEASE.multipliedBy(2));

      long epoch = status(scaler).epoch();
      Instant seen = status(scaler).at();
      await(() -> status(scaler).at().isAfter(seen.plus(TICK.multipliedBy(3))));
      assertThat(living(fleet)).as("it knows those that were launched").isEqualTo(2);
      scaler.set("test", Map.of("minInstances.transcode", "3"));
      await(() -> living(fleet) == 3);
      assertThat(status(scaler).epoch()).isEqualTo(epoch);
      assertThat(second.isAlive()).isTrue();
    } finally {
      fleet.terminate(fleet.list().stream().map(it -> it.id()).toList());
    }
  }

  private Map<String, String> variables(AwsSettings aws) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("AWS_ENDPOINT_URL", String.valueOf(aws.s3Endpoint()));
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("CASTLOOM_ENV", environment);
    variables.put("CASTLOOM_LOG_FORMAT", "text");
    return variables;
  }

  private Fleet fleet() throws IOException {
    var ec2 = LocalStack.clients().ec2();
    String template = environment + "-worker";
    new Ec2LaunchTemplates(ec2)
        .makeIfAbsent(template, "ami-12c6146b", TYPE, "CASTLOOM_ENV=" + environment);
    return new Ec2Fleet(
        ec2,
        new Ec2FleetSettings(
            environment,
            Map.of(
                TaskKind.TRANSCODE,
                List.of(new Ec2FleetSettings.Template(template, "$Latest", List.of(TYPE)))),
            List.of()),
        InstantSource.system());
  }

  private Process autoscaler(String name, Map<String, String> variables) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CastloomMain.class.getName(),
                "run",
                "autoscaler"));
    Map<String, String> settings = new HashMap<>();
    settings.put("autoscaler.id", name);
    settings.put("autoscaler.lease", LEASE.toSeconds() + "s");
    settings.put("autoscaler.tick", TICK.toSeconds() + "s");
    settings.put("autoscaler.hourlyBudgetUsd", "5");
    settings.put("autoscaler.maxInstances", "5");
    settings.put("autoscaler.minInstances.transcode", "2");
    settings.put("autoscaler.types", TYPE + " 1 1.0 0.085 0.034");
    settings.put("autoscaler.ec2.transcodeTemplates", environment + "-worker $Latest " + TYPE);
    settings.put("admin.port", "0");
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(log(name).toFile()).start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static FleetStatus status(ScalerOperations scaler) throws IOException {
    return scaler.status().orElseThrow();
  }

  private static String leader(ScalerOperations scaler) throws IOException {
    return scaler.status().map(FleetStatus::leader).orElse("");
  }

  private static long living(Fleet fleet) throws IOException {
    return fleet.list().stream().filter(it -> it.state() != InstanceState.GONE).count();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Condition condition) throws IOException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(deadline)) {
        StringBuilder logs = new StringBuilder("waited too long");
        for (String name : List.of("first", "second")) {
          if (Files.exists(log(name))) {
            logs.append('\n').append(Files.readString(log(name)));
          }
        }
        throw new AssertionError(logs);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
