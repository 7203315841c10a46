package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.local.CastloomMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class UpCommandTest {

  @TempDir Path folder;

  private String refused(String... options) {
    StringWriter told = new StringWriter();
    CommandLine castloom = CastloomMain.commandLine();
    castloom.setErr(new PrintWriter(told));
    List<String> args = new ArrayList<>(List.of("up", "--data", folder.resolve("d").toString()));
    args.addAll(List.of(options));

    assertThat(castloom.execute(args.toArray(String[]::new))).isEqualTo(2);

    assertThat(folder).isEmptyDirectory();
    return told.toString();
  }

  @Test
  void a_log_level_that_is_none_starts_nothing() {
    assertThat(refused("--log-level", "LOUD"))
        .contains("--log-level is trace, debug, info, warn or error");
  }

  @Test
  void a_number_out_of_its_range_starts_nothing_and_is_told_the_range() {
    assertThat(refused("--http-port", "99999")).contains("--http-port is 0 to 65535, not 99999");
    assertThat(refused("--ftp-port", "-1")).contains("--ftp-port is 0 to 65535, not -1");
    assertThat(refused("--max-workers", "0")).contains("--max-workers is 1 to 10000, not 0");
    assertThat(refused("--boot", "5x")).contains("--boot \"5x\": a duration is written like");
    assertThat(refused("--boot", "2d")).contains("--boot is 0s to 1h, not 2d");
  }

  @Test
  void a_misspelt_setting_of_any_process_starts_nothing_and_is_told_which_was_meant() {
    assertThat(refused("--set", "worker.slot=2")).contains("did you mean worker.slots?");
    assertThat(refused("--set", "workr.slots=2")).contains("did you mean worker.slots?");
    assertThat(refused("--set", "feeds.publicURL=x")).contains("did you mean feeds.publicUrl?");
    assertThat(refused("--set", "autoscaler.tic=1s")).contains("did you mean autoscaler.tick?");
    assertThat(refused("--set", "intake.spolSize=1GiB")).contains("did you mean intake.spoolSize?");
  }

  @Test
  void a_setting_out_of_its_range_starts_nothing_whichever_process_reads_it() {
    assertThat(refused("--set", "worker.slots=many")).contains("worker.slots", "whole number");
    assertThat(refused("--set", "worker.choice=12", "--set", "intake.partsAtOnce=0"))
        .contains("it is 1 to 64");
  }
}
