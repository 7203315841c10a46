package io.castloom.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.Market;
import io.castloom.domain.job.TaskKind;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Ec2Fleet makes of what EC2 can say and no emulator does. */
final class Ec2FleetTest {

  private FakeEc2 ec2;
  private Ec2Fleet fleet;

  @BeforeEach
  void start() throws IOException {
    ec2 = new FakeEc2();
    fleet = newFleet();
  }

  private Ec2Fleet newFleet() {
    return new Ec2Fleet(
        ec2.clients.ec2(),
        new Ec2FleetSettings(
            "castloom",
            Map.of(
                TaskKind.TRANSCODE,
                List.of(
                    new Ec2FleetSettings.Template("x86", "3", List.of("c6i.large", "m6i.large")),
                    new Ec2FleetSettings.Template("arm", "$Default", List.of("c7g.large")))),
            List.of("subnet-a", "subnet-b")),
        InstantSource.system());
  }

  @AfterEach
  void stop() {
    ec2.close();
  }

  private static LaunchRequest want(int count, double spot, String... types) {
    return new LaunchRequest("7-42", TaskKind.TRANSCODE, count, List.of(types), spot);
  }

  private static String launched(String lifecycle, String... ids) {
    StringBuilder items = new StringBuilder();
    for (String id : ids) {
      items
          .append("<item><instanceIds><item>")
          .append(id)
          .append("</item></instanceIds><instanceType>c6i.large</instanceType><lifecycle>")
          .append(lifecycle)
          .append("</lifecycle></item>");
    }
    return items.toString();
  }

  private static String fleetAnswer(String instances, String... errorCodes) {
    StringBuilder errors = new StringBuilder();
    for (String code : errorCodes) {
      errors.append(
          "<item><errorCode>%s</errorCode><errorMessage>the message</errorMessage><launchTemplateAndOverrides><overrides><instanceType>c6i.large</instanceType><subnetId>subnet-a</subnetId></overrides></launchTemplateAndOverrides></item>"
              .formatted(code));
    }
    return "<CreateFleetResponse><fleetInstanceSet>%s</fleetInstanceSet><errorSet>%s</errorSet></CreateFleetResponse>"
        .formatted(instances, errors);
  }

  private static String listed(String next, String... ids) {
    StringBuilder items = new StringBuilder();
    for (String id : ids) {
      items.append(
          "<item><instancesSet><item><instanceId>%s</instanceId><instanceType>c6i.large</instanceType><launchTime>2026-11-25T12:00:00.000Z</launchTime><instanceState><code>16</code><name>running</name></instanceState><tagSet><item><key>castloom-role</key><value>worker</value></item><item><key>castloom:launch</key><value>7-42</value></item></tagSet></item></instancesSet></item>"
              .formatted(id));
    }
    return "<DescribeInstancesResponse><reservationSet>%s</reservationSet>%s</DescribeInstancesResponse>"
        .formatted(items, next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>");
  }

  @Test
  void a_launch_names_its_types_zones_tags_and_token_in_one_call() throws Exception {
    ec2.answers("CreateFleet", 200, fleetAnswer(launched("on-demand", "i-1")));
    fleet.launch(want(1, 0, "c7g.large", "m6i.large"));
    assertThat(ec2.requests("CreateFleet")).hasSize(1);
    assertThat(ec2.requests("CreateFleet").getFirst())
        .contains("Type=instant", "ClientToken=castloom-7-42")
        .contains("LaunchTemplateName=x86", "Version=3", "LaunchTemplateName=arm")
        .contains("SubnetId=subnet-a", "SubnetId=subnet-b", "m6i.large", "c7g.large")
        .doesNotContain("c6i.large")
        .contains("Value=7-42", "Value=worker");
  }

  private static String version(String data) {
    return "<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet><item><versionNumber>12</versionNumber><launchTemplateData>%s</launchTemplateData></item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>"
        .formatted(data);
  }

  @Test
  void a_template_version_without_an_image_is_refused_and_asked_for_once() throws Exception {
    ec2.answers("DescribeLaunchTemplateVersions", 200, version(""));
    FleetImage image = new FleetImage("12");
    for (int i = 0; i < 5; i++) {
      assertThat(
              fleet.launch(new LaunchRequest("7-" + i, TaskKind.TRANSCODE, 1, List.of(), 0, image)))
          .isInstanceOfSatisfying(
              LaunchOutcome.Refused.class,
              refused ->
                  assertThat(refused.reason())
                      .contains("version 12 of launch template x86 has no image", "ImageId"));
    }
    assertThat(ec2.requests("DescribeLaunchTemplateVersions")).hasSize(1);
    assertThat(ec2.requests("CreateFleet")).isEmpty();
  }

  @Test
  void an_image_or_a_template_version_is_launched_from_and_tagged() throws Exception {
    ec2.answers("CreateFleet", 200, fleetAnswer(launched("on-demand", "i-1")));
    Ec2Fleet one =
        new Ec2Fleet(
            ec2.clients.ec2(),
            new Ec2FleetSettings(
                "castloom",
                Map.of(
                    TaskKind.TRANSCODE,
                    List.of(new Ec2FleetSettings.Template("x", "1", List.of("c6i.large")))),
                List.of()),
            InstantSource.system());
    FleetImage image = new FleetImage("ami-0123456789abcdef0");
    one.launch(new LaunchRequest("7-1", TaskKind.TRANSCODE, 1, List.of(), 0, image));
    assertThat(ec2.requests("CreateFleet").getLast())
        .contains("ImageId=ami-0123456789abcdef0", "Version=1", "Value=ami-0123456789abcdef0");
    FleetImage version = new FleetImage("12");
    ec2.answers("DescribeLaunchTemplateVersions", 200, version("<imageId>ami-1</imageId>"));
    fleet.launch(new LaunchRequest("7-2", TaskKind.TRANSCODE, 1, List.of(), 0, version));
    assertThat(ec2.requests("CreateFleet").getLast())
        .contains("Version=12", "Value=12")
        .doesNotContain("Version=3", "ImageId");
    assertThat(fleet.launch(new LaunchRequest("7-3", TaskKind.TRANSCODE, 1, List.of(), 0, image)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("one processor architecture"));
  }

  @Test
  void spot_that_is_short_is_made_up_on_demand() throws Exception {
    ec2.answers(
            "CreateFleet",
            200,
            fleetAnswer(launched("spot", "i-1"), "InsufficientInstanceCapacity"))
        .answers("CreateFleet", 200, fleetAnswer(launched("on-demand", "i-2", "i-3")));
    assertThat(fleet.launch(want(3, 1)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class,
            launched -> {
              assertThat(launched.instances())
                  .extracting(Instance::market)
                  .containsExactly(Market.SPOT, Market.ON_DEMAND, Market.ON_DEMAND);
              assertThat(launched.shortfalls()).isEmpty();
            });
    assertThat(ec2.requests("CreateFleet").getLast())
        .contains("ClientToken=castloom-7-42-od", "OnDemandTargetCapacity=2");
  }

  @Test
  void no_capacity_and_limits_are_refusals_in_words() throws Exception {
    ec2.answers("CreateFleet", 200, fleetAnswer("", "InsufficientInstanceCapacity"));
    assertThat(fleet.launch(want(2, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("c6i.large in subnet-a", "more types or zones"));
    for (String code :
        List.of("VcpuLimitExceeded", "InvalidLaunchTemplateName.NotFoundException")) {
      try (FakeEc2 other = new FakeEc2()) {
        other.fails("CreateFleet", 400, code);
        Ec2Fleet refusing =
            new Ec2Fleet(
                other.clients.ec2(),
                new Ec2FleetSettings(
                    "castloom",
                    Map.of(
                        TaskKind.TRANSCODE,
                        List.of(new Ec2FleetSettings.Template("x", "1", List.of("c6i.large")))),
                    List.of()),
                InstantSource.system());
        assertThat(refusing.launch(want(1, 0)))
            .isInstanceOfSatisfying(
                LaunchOutcome.Refused.class,
                refused -> assertThat(refused.reason()).contains(code));
      }
    }
  }

  @Test
  void a_zone_without_capacity_is_made_up_by_another() throws Exception {
    ec2.answers(
        "CreateFleet",
        200,
        fleetAnswer(launched("on-demand", "i-1", "i-2"), "InsufficientInstanceCapacity"));
    assertThat(fleet.launch(want(2, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class,
            launched -> {
              assertThat(launched.instances()).hasSize(2);
              assertThat(launched.shortfalls()).as("nothing is missing").isEmpty();
            });
    assertThat(ec2.requests("CreateFleet")).hasSize(1);
  }

  @Test
  void a_clock_that_is_wrong_is_a_fault_in_words() {
    ec2.fails("CreateFleet", 400, "RequestTimeTooSkewed");
    assertThatThrownBy(() -> fleet.launch(want(1, 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("this machine's clock is wrong");
  }

  @Test
  void a_launch_that_is_short_says_so() throws Exception {
    ec2.answers(
        "CreateFleet",
        200,
        fleetAnswer(launched("on-demand", "i-1"), "MaxSpotInstanceCountExceeded"));
    assertThat(fleet.launch(want(3, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class,
            launched -> {
              assertThat(launched.instances()).hasSize(1);
              assertThat(launched.shortfalls().getFirst()).contains("a limit of the account");
            });
  }

  @Test
  void throttling_and_expired_credentials_are_faults_in_words() {
    ec2.fails("CreateFleet", 503, "RequestLimitExceeded");
    assertThatThrownBy(() -> fleet.launch(want(1, 0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too many requests");
    ec2.fails("DescribeInstances", 400, "RequestExpired");
    assertThatThrownBy(() -> fleet.list())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("credentials have expired");
  }

  @Test
  void a_launch_of_an_earlier_process_is_found_by_its_tag() throws Exception {
    ec2.answers("DescribeInstances", 200, listed("", "i-1", "i-2"));
    assertThat(fleet.launch(want(2, 0)))
        .isInstanceOfSatisfying(
            LaunchOutcome.Launched.class, launched -> assertThat(launched.instances()).hasSize(2));
    assertThat(ec2.requests("CreateFleet")).isEmpty();
  }

  @Test
  void a_listing_that_lags_does_not_launch_again_nor_keep_from_ending() throws Exception {
    ec2.answers("CreateFleet", 200, fleetAnswer(launched("on-demand", "i-1")));
    fleet.launch(want(1, 0));
    fleet.launch(want(1, 0));
    assertThat(ec2.requests("CreateFleet")).hasSize(1);
    fleet.terminate(List.of(new InstanceId("i-1"), new InstanceId("i-unknown")));
    assertThat(ec2.requests("TerminateInstances").getFirst())
        .contains("i-1")
        .doesNotContain("i-unknown");
  }

  @Test
  void what_a_repeated_request_launched_twice_is_ended() throws Exception {
    ec2.answers("CreateFleet", 200, fleetAnswer(launched("on-demand", "i-2")))
        .answers("DescribeInstances", 200, listed(""))
        .answers("DescribeInstances", 200, listed("", "i-1", "i-2"));
    fleet.launch(want(1, 0));
    assertThat(ec2.requests("TerminateInstances").getFirst()).contains("i-1").doesNotContain("i-2");
  }

  @Test
  void a_listing_is_read_page_by_page() throws Exception {
    ec2.answers("DescribeInstances", 200, listed("more", "i-1"))
        .answers("DescribeInstances", 200, listed("", "i-2"));
    assertThat(fleet.list()).extracting(i -> i.id().value()).containsExactly("i-1", "i-2");
    assertThat(ec2.requests("DescribeInstances").getLast()).contains("NextToken=more");
  }
}
