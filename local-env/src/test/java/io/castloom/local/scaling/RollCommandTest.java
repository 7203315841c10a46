package io.castloom.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.CallListener;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.CastloomMain;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code castloom fleet roll} as an operator types it, on the embedded cloud of a folder. */
class RollCommandTest {
  @TempDir private Path data;
  private EmbeddedCloud embedded;
  private Cloud cloud;
  private String said = "";

  @BeforeEach
  void start() throws IOException {
    for (String name :
        List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ACCESS_KEY_ID", "AWS_PROFILE")) {
      Assumptions.assumeTrue(
          System.getenv(name) == null, name + " is set, and commands go there instead");
    }
    embedded = EmbeddedCloud.start(data, EmbeddedCloud.Ports.FREE);
    Map<String, String> environment = embedded.environment();
    Properties kept = new Properties();
    kept.putAll(environment);
    try (var out = Files.newOutputStream(data.resolve("cloud.properties"))) {
      kept.store(out, "as `castloom up` keeps it");
    }
    cloud =
        Cloud.open(
            CloudSettings.from(new SettingsReader(Map.of(), environment), environment),
            CallListener.none());
    cloud.provision();
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
      embedded.close();
    }
  }

  private int roll(String... arguments) {
    CommandLine all = CastloomMain.commandLine();
    StringWriter out = new StringWriter();
    all.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    List<String> line = new ArrayList<>(List.of("fleet", "roll", "--data", data.toString()));
    line.addAll(List.of(arguments));
    int exit = all.execute(line.toArray(String[]::new));
    said = out.toString();
    return exit;
  }

  @Test
  void a_roll_is_begun_looked_at_and_taken_back() throws IOException {
    assertThat(roll("--status")).as(said).isZero();
    assertThat(said).contains("transcode instances boot from default");

    assertThat(roll("--image", "ami-0123456789abcdef0", "--canary", "0.25", "--tasks", "3"))
        .as(said)
        .isZero();
    assertThat(said)
        .contains("of transcode from default to ami-0123456789abcdef0")
        .contains("canary, begun");
    RollBook book = new RollBook(cloud.privateStore(), InstantSource.system());
    Roll kept = book.read().active(TaskKind.TRANSCODE).orElseThrow();
    assertThat(kept.to()).isEqualTo(new FleetImage("ami-0123456789abcdef0"));
    assertThat(kept.terms().canaryShare()).isEqualTo(0.25);
    assertThat(kept.terms().tasks()).isEqualTo(3);

    assertThat(roll("--template-version", "7")).isEqualTo(2);
    assertThat(said).contains("has not ended; wait for it or abort it");
    assertThat(roll("--template-version", "7", "--kind", "assembly")).as(said).isZero();

    assertThat(roll("--abort")).as(said).isZero();
    assertThat(said).contains("rolling back, aborted by");
    assertThat(roll("--status", "--json")).isZero();
    assertThat(said).contains("\"rolls\"").contains("ami-0123456789abcdef0").contains("\"7\"");
  }

  @Test
  void what_makes_no_sense_is_refused_with_the_rule() {
    assertThat(roll()).isEqualTo(2);
    assertThat(said).contains("--image").contains("--template-version");
    assertThat(roll("--image", "7")).isEqualTo(2);
    assertThat(said).contains("an image is ami-..., not 7");
    assertThat(roll("--template-version", "ami-0123456789abcdef0")).isEqualTo(2);
    assertThat(said).contains("a template's version is a number or default");
    assertThat(roll("--image", "ami-0123456789abcdef0", "--status")).isEqualTo(2);
    assertThat(roll("--image", "ami-0123456789abcdef0", "--canary", "7")).isEqualTo(2);
    assertThat(said).contains("7");
    assertThat(roll("--template-version", "default")).isEqualTo(2);
    assertThat(said).contains("boot from default already");
    assertThat(roll("--abort")).isEqualTo(2);
    assertThat(said).contains("no roll of transcode instances is under way");
  }
}
