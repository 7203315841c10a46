package io.castloom.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.local.CastloomMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class UpCommandTest {

  @Test
  void a_log_level_that_is_none_starts_nothing() {
    StringWriter told = new StringWriter();
    CommandLine castloom = CastloomMain.commandLine();
    castloom.setErr(new PrintWriter(told));

    assertThat(castloom.execute("up", "--log-level", "LOUD")).isEqualTo(2);

    assertThat(told.toString()).contains("--log-level is trace, debug, info, warn or error");
  }
}
