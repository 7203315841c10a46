package io.castloom.local.system;

import io.castloom.aws.AwsClients;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallListener;
import io.castloom.aws.ec2.Ec2Fleet;
import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.aws.ec2.Ec2LaunchTemplates;
import io.castloom.aws.ec2.Ec2Machines;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.fleet.InstanceCommand;
import io.castloom.local.instance.MetadataServer;
import io.castloom.local.runner.InstanceRunner;
import io.castloom.local.runner.RunnerSettings;
import io.castloom.service.names.Names;
import io.castloom.service.process.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LocalStack: the whole EC2 code path, with a runner that turns the emulator's running instances
 * into processes of this machine and reflects their end.
 */
final class LocalStackGround implements Ground {

  /** An image that the emulator knows from the start; it stands for ours. */
  private static final String IMAGE = "ami-12c6146b";

  private static final String TYPE = "c6i.large";
  private static final AwsSettings.AccessKey KEY = new AwsSettings.AccessKey("test", "test");

  private final Parts parts = new Parts();
  private final LocalStackServer server;
  private final String name;
  private final Path data;
  private final Duration boot;
  private final InstantSource clock;
  private volatile @Nullable InstanceRunner runner;

  private LocalStackGround(
      LocalStackServer server, String name, Path data, Duration boot, InstantSource clock) {
    this.server = parts.add("LocalStack", server);
    this.name = name;
    this.data = data;
    this.boot = boot;
    this.clock = clock;
  }

  /**
   * @param environment tells where it is, and the name of what stands on it
   */
  static LocalStackGround start(
      Path data, Map<String, String> environment, Duration boot, InstantSource clock)
      throws IOException, InterruptedException {
    String name = environment.getOrDefault("CASTLOOM_ENV", Names.DEFAULT_ENVIRONMENT);
    return new LocalStackGround(LocalStackServer.find(environment), name, data, boot, clock);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "CASTLOOM_ENV",
        name,
        "AWS_ENDPOINT_URL",
        server.endpoint().toString(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        KEY.id(),
        "AWS_SECRET_ACCESS_KEY",
        KEY.secret());
  }

  @Override
  public Map<String, String> scaling() {
    return Map.of("autoscaler.types", TYPE + " 1 1.0 0.085 0.034");
  }

  @Override
  public Fleet fleet(InstanceCommand command) throws IOException {
    AwsClients clients =
        parts.add(
            "EC2 client",
            new AwsClients(AwsSettings.emulator(server.endpoint(), KEY), CallListener.none()));
    Ec2LaunchTemplates templates = new Ec2LaunchTemplates(clients.ec2());
    templates.makeIfAbsent(name + "-worker", IMAGE, TYPE, "CASTLOOM_ENV=" + name);
    templates.makeIfAbsent(name + "-assembler", IMAGE, TYPE, "CASTLOOM_ENV=" + name);
    Ec2Fleet fleet =
        new Ec2Fleet(
            clients.ec2(),
            new Ec2FleetSettings(
                name,
                Map.of(
                    TaskKind.TRANSCODE, List.of(template(name + "-worker")),
                    TaskKind.ASSEMBLY, List.of(template(name + "-assembler"))),
                List.of()),
            clock);
    Ec2Machines machines = new Ec2Machines(clients.ec2());
    InstanceRunner started =
        parts.add(
            "instance runner",
            new InstanceRunner(
                fleet,
                id -> identity(machines.find(id)),
                command,
                new RunnerSettings(
                    data.resolve("instances"),
                    Set.of(IMAGE),
                    boot,
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(2)),
                clock));
    Thread.ofVirtual().name("instance-runner").start(() -> started.run(Duration.ofSeconds(1)));
    runner = started;
    return fleet;
  }

  @Override
  public void interrupt(InstanceId instance) {
    InstanceRunner started = runner;
    if (started != null) {
      started.interrupt(instance);
    }
  }

  private static Ec2FleetSettings.Template template(String name) {
    return new Ec2FleetSettings.Template(name, "$Default", List.of(TYPE));
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

  @Override
  public void close() {
    parts.close();
  }
}
