package io.castloom.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.ec2.Ec2Fleet;
import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.aws.ec2.Ec2LaunchTemplates;
import io.castloom.aws.ec2.Ec2Machines;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.instance.MetadataServer;
import io.castloom.local.runner.InstanceRunner;
import io.castloom.local.runner.RunnerSettings;
import io.castloom.tests.cloud.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator's instances as processes that read their metadata and wait. */
@Tag("localstack")
final class InstanceRunnerOnLocalStackTest {

  // Does what an instance does first: a session token, then its tags and user data.
  private static final String SCRIPT =
      """
      m=$AWS_EC2_METADATA_SERVICE_ENDPOINT/latest
      t=$(curl -sS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $m/api/token)
      ask() { curl -sS -H "X-aws-ec2-metadata-token: $t" $m/$1; echo; }
      ask meta-data/instance-id
      ask meta-data/tags/instance/castloom-role
      ask user-data
      cat
      """;

  @TempDir Path logs;

  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 200 && !condition.call(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    assertThat(condition.call()).isTrue();
  }

  @Test
  void an_instance_of_the_emulator_lives_and_ends_as_a_process() throws Exception {
    String environment = "r" + UUID.randomUUID().toString().substring(0, 8);
    var ec2 = LocalStack.clients().ec2();
    new Ec2LaunchTemplates(ec2)
        .makeIfAbsent(
            environment + "-worker", "ami-12c6146b", "c6i.large", "CASTLOOM_ENV=" + environment);
    Ec2Fleet fleet =
        new Ec2Fleet(
            ec2,
            new Ec2FleetSettings(
                environment,
                Map.of(
                    TaskKind.TRANSCODE,
                    List.of(
                        new Ec2FleetSettings.Template(
                            environment + "-worker", "$Latest", List.of("c6i.large")))),
                List.of()),
            InstantSource.system());
    Ec2Machines machines = new Ec2Machines(ec2);
    try (InstanceRunner runner =
        new InstanceRunner(
            fleet,
            id -> identity(machines.find(id)),
            (id, kind) -> new ProcessBuilder("sh", "-c", SCRIPT),
            new RunnerSettings(
                logs, Set.of(), Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(1)),
            InstantSource.system())) {
      fleet.launch(new LaunchRequest("1-1", TaskKind.TRANSCODE, 2, List.of(), 0.5));
      await(
          () -> {
            runner.runOnce();
            return runner.running().size() == 2;
          });
      Instance first = fleet.list().getFirst();
      Path log = logs.resolve(first.id() + ".log");
      await(() -> Files.readAllLines(log).size() == 3);
      assertThat(Files.readAllLines(log))
          .containsExactly(first.id().value(), "worker", "CASTLOOM_ENV=" + environment);

      fleet.terminate(List.of(first.id()));
      await(
          () -> {
            runner.runOnce();
            return runner.running().size() == 1;
          });
      runner.interrupt(runner.running().getFirst());
      await(
          () -> {
            runner.runOnce();
            return fleet.list().stream().allMatch(i -> i.state() == InstanceState.GONE);
          });
    }
  }

  private static MetadataServer.Identity identity(Ec2Machines.Machine machine) {
    return new MetadataServer.Identity(
        machine.id(),
        machine.type(),
        machine.region(),
        machine.zone(),
        machine.image(),
        machine.tags(),
        machine.userData());
  }
}
