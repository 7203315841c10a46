package io.castloom.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.ec2.Ec2Fleet;
import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.aws.ec2.Ec2LaunchTemplates;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetContract;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.tests.cloud.LocalStack;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("localstack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Ec2FleetOnLocalStackTest extends FleetContract {

  private final String environment = "e" + UUID.randomUUID().toString().substring(0, 8);
  private Ec2Fleet fleet;

  @BeforeAll
  void make_the_template() throws IOException {
    String name = environment + "-worker-x86-64";
    Ec2LaunchTemplates templates = new Ec2LaunchTemplates(LocalStack.clients().ec2());
    assertThat(templates.makeIfAbsent(name, "ami-12c6146b", "c6i.large", "CASTLOOM_ENV=x"))
        .isTrue();
    assertThat(templates.makeIfAbsent(name, "ami-12c6146b", "c6i.large", "")).isFalse();
    fleet = newFleet();
  }

  /** As after a restart of the autoscaler: it remembers nothing. */
  private Ec2Fleet newFleet() {
    var template =
        new Ec2FleetSettings.Template(
            environment + "-worker-x86-64", "$Default", List.of("c6i.large", "m6i.large"));
    return new Ec2Fleet(
        LocalStack.clients().ec2(),
        new Ec2FleetSettings(
            environment,
            Map.of(TaskKind.TRANSCODE, List.of(template), TaskKind.ASSEMBLY, List.of(template)),
            List.of()),
        InstantSource.system());
  }

  @Override
  protected Fleet fleet() {
    return fleet;
  }

  @Override
  protected void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  @Test
  void a_token_is_known_after_a_restart() throws Exception {
    LaunchRequest request = new LaunchRequest("r-1", TaskKind.TRANSCODE, 2, List.of(), 0);
    fleet.launch(request);
    assertThat(newFleet().launch(request))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class, again -> assertThat(again.instances()).hasSize(2));
    List<Instance> all =
        fleet.list().stream()
            .filter(i -> "r-1".equals(i.tags().get(Instance.LAUNCH_TOKEN)))
            .toList();
    assertThat(all).hasSize(2);
    newFleet().terminate(all.stream().map(Instance::id).toList());
  }

  @Test
  void what_others_launched_is_neither_listed_nor_ended() throws Exception {
    var others =
        LocalStack.clients()
            .ec2()
            .runInstances(b -> b.imageId("ami-12c6146b").minCount(1).maxCount(1));
    String id = others.instances().getFirst().instanceId();
    var foreign = new io.castloom.domain.fleet.InstanceId(id);
    assertThat(fleet.list()).extracting(Instance::id).doesNotContain(foreign);
    fleet.terminate(List.of(foreign));
    var state =
        LocalStack.clients()
            .ec2()
            .describeInstances(b -> b.instanceIds(id))
            .reservations()
            .getFirst()
            .instances()
            .getFirst()
            .state();
    assertThat(state.nameAsString()).isIn("pending", "running");
    LocalStack.clients().ec2().terminateInstances(b -> b.instanceIds(id));
  }

  @Test
  void a_type_that_no_template_has_is_refused() throws Exception {
    assertThat(fleet.launch(new LaunchRequest("t-1", TaskKind.TRANSCODE, 1, List.of("x1.mega"), 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("x1.mega").contains("c6i.large"));
  }

  @Test
  void a_template_version_that_is_not_there_or_has_no_image_is_refused_in_words() throws Exception {
    // of its own: the emulator launches from the latest version, whichever is asked for
    String name = environment + "-bare";
    new Ec2LaunchTemplates(LocalStack.clients().ec2())
        .makeIfAbsent(name, "ami-12c6146b", "c6i.large", "");
    LocalStack.clients()
        .ec2()
        .createLaunchTemplateVersion(
            b -> b.launchTemplateName(name).launchTemplateData(d -> d.instanceType("c6i.large")));
    Ec2Fleet bare =
        new Ec2Fleet(
            LocalStack.clients().ec2(),
            new Ec2FleetSettings(
                environment,
                Map.of(
                    TaskKind.TRANSCODE,
                    List.of(new Ec2FleetSettings.Template(name, "1", List.of("c6i.large")))),
                List.of()),
            InstantSource.system());
    assertThat(refusal(bare, "2")).contains("has no image", "ImageId");
    assertThat(refusal(bare, "99")).contains("there is no version 99");
  }

  private static String refusal(Fleet fleet, String version) throws IOException {
    FleetImage image = new FleetImage(version);
    return fleet.launch(
                new LaunchRequest("v-" + version, TaskKind.TRANSCODE, 1, List.of(), 0, image))
            instanceof LaunchOutcome.Refused(String reason)
        ? reason
        : "launched";
  }
}
