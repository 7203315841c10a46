package io.castloom.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.InstanceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a machine of the image does at its boot, {@code castloom-role --write}, against an IMDSv2
 * like its own, which answers nothing without a session token. Only systemd is played.
 */
final class CastloomRoleTest {

  private static final InstanceId ID = new InstanceId("i-0123456789abcdef0");

  private static final String SCRIPT = "packer/bin/castloom-role";

  @TempDir private Path folder;
  private String said = "";

  @BeforeEach
  void play_systemd() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path systemctl = bin.resolve("systemctl");
    Files.writeString(systemctl, "#!/bin/sh\necho \"$@\" >\"" + folder.resolve("started") + "\"\n");
    Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int boot(Map<String, String> tags, String userData, Map<String, String> variables)
      throws IOException, InterruptedException {
    MetadataServer.Identity identity =
        new MetadataServer.Identity(
            ID, "c7g.large", "eu-central-1", "eu-central-1b", "ami-1", tags, userData);
    try (MetadataServer metadata = MetadataServer.start(identity)) {
      return run(metadata.endpoint().toString(), variables);
    }
  }

  private int run(String endpoint, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path top = Path.of("").toAbsolutePath();
    while (!Files.exists(top.resolve(SCRIPT))) {
      top = Objects.requireNonNull(top.getParent(), "not within the project");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                top.resolve(SCRIPT).toString(),
                "--write",
                folder.resolve("role.env").toString())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(it -> it.matches("(CASTLOOM|AWS)_.*"));
    builder.environment().put("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
    builder.environment().put("CASTLOOM_METADATA_TRIES", "1");
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    builder.environment().putAll(variables);
    Process process = builder.start();
    said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> written() throws IOException {
    return Files.readAllLines(folder.resolve("role.env"));
  }

  @Test
  void tags_alone_make_a_machine_a_worker_of_its_environment() throws Exception {
    assertThat(boot(Map.of("castloom-role", "worker", "castloom-env", "studio"), "", Map.of()))
        .as(said)
        .isZero();
    assertThat(written())
        .containsExactlyInAnyOrder(
            "CASTLOOM_ROLE=\"worker\"",
            "CASTLOOM_ENV=\"studio\"",
            "AWS_REGION=\"eu-central-1\"",
            "CASTLOOM_INSTANCE_ID=\"" + ID + "\"");
    assertThat(Files.readString(folder.resolve("started")).strip())
        .isEqualTo("start --no-block castloom@worker.service");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("role.env"))))
        .isEqualTo("rw-------");
  }

  @Test
  void user_data_is_stronger_than_tags_and_what_else_is_in_it_is_nobodys() throws Exception {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("castloom-role", "worker");
    tags.put("castloom-env", "studio");
    tags.put("Name", "CASTLOOM_EVIL=1");
    String userData =
        "#!/bin/sh\r\nCASTLOOM_ENV=other\r\nPATH=/nowhere\r\nCASTLOOM_LOG_FORMAT=json\r\n";
    assertThat(boot(tags, userData, Map.of())).as(said).isZero();
    assertThat(written())
        .contains(
            "CASTLOOM_ENV=\"other\"", "CASTLOOM_LOG_FORMAT=\"json\"", "CASTLOOM_ROLE=\"worker\"")
        .noneMatch(it -> it.contains("PATH") || it.contains("EVIL") || it.contains("studio"));
  }

  @Test
  void what_could_break_out_of_the_file_is_refused() throws Exception {
    Map<String, String> tags = Map.of("castloom-role", "worker", "castloom-env", "a\"\nX=\"b");
    assertThat(boot(tags, "", Map.of())).isNotZero();
    assertThat(said).contains("the value of CASTLOOM_ENV holds a quote");
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void a_machine_without_a_role_or_with_an_unknown_one_says_what_to_do() throws Exception {
    assertThat(boot(Map.of("Name", "x"), "", Map.of())).isNotZero();
    assertThat(said).contains("no role: tag the instance with castloom-role");
    assertThat(boot(Map.of("castloom-role", "toaster"), "", Map.of())).isNotZero();
    assertThat(said).contains("'toaster' is no role; ingest, worker, assembler and autoscaler are");
    assertThat(run("http://127.0.0.1:9", Map.of())).isNotZero();
    assertThat(said).contains("no metadata at http://127.0.0.1:9");
    assertThat(folder.resolve("started")).doesNotExist();
  }
}
