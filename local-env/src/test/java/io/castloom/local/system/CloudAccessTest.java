package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CloudAccessTest {

  private static final String S3 = "AWS_ENDPOINT_URL_S3";

  @TempDir private Path data;

  private final CloudAccess access = new CloudAccess();

  @BeforeEach
  void aSystemIsUp() throws IOException {
    CloudAccess.keep(data, Map.of(S3, "http://127.0.0.1:7001"));
    new CommandLine(new Command(access)).parseArgs("--data", data.toString());
  }

  @Test
  void the_cloud_of_the_data_folder_is_taken() throws IOException {
    assertThat(access.environment(Map.of("PATH", "/bin")))
        .containsEntry(S3, "http://127.0.0.1:7001")
        .containsEntry("PATH", "/bin");
  }

  @Test
  void a_variable_that_is_set_but_blank_counts_as_not_set() throws IOException {
    assertThat(access.environment(Map.of("AWS_ENDPOINT_URL", "", "AWS_PROFILE", " ")))
        .containsEntry(S3, "http://127.0.0.1:7001");
  }

  @Test
  void who_names_a_cloud_of_his_own_gets_it() throws IOException {
    assertThat(access.environment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")))
        .doesNotContainKey(S3);
  }

  @Test
  void where_nothing_ran_the_folder_is_told() {
    CloudAccess elsewhere = new CloudAccess();
    new CommandLine(new Command(elsewhere)).parseArgs("--data", data.resolve("none").toString());
    assertThatIOException()
        .isThrownBy(() -> elsewhere.open(Map.of("AWS_EC2_METADATA_DISABLED", "true")))
        .withMessageContaining("no `castloom up` runs in " + data.resolve("none"))
        .withMessageContaining("AWS_REGION");
  }

  @Test
  void what_ended_is_not_looked_for_at_its_old_address() throws IOException {
    CloudAccess.forget(data);
    assertThat(access.environment(Map.of())).doesNotContainKey(S3);
  }

  @CommandLine.Command
  private record Command(@CommandLine.Mixin CloudAccess access) {}
}
