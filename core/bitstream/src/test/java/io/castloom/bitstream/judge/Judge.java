package io.castloom.bitstream.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.castloom.bitstream.Bytes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs other people's programs. Where one is missing the test is skipped, unless {@code
 * CASTLOOM_REQUIRE_JUDGES=true}.
 */
public final class Judge {
  private Judge() {}

  /** What a program said. */
  public record Verdict(int exit, Bytes output, String errors) {
    /** Standard output as text. */
    public String text() {
      return new String(output.toArray(), StandardCharsets.UTF_8);
    }
  }

  /** Skips or fails the test unless all programs are on the path. */
  public static void require(String... programs) {
    for (String program : programs) {
      boolean found = false;
      for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
        found |= Files.isExecutable(Path.of(folder, program));
      }
      if ("true".equals(System.getenv("CASTLOOM_REQUIRE_JUDGES"))) {
        assertThat(found).as(program + " is required as a judge").isTrue();
      }
      assumeTrue(found, program + " is not on the path");
    }
  }

  /** Runs a program to its end, for at most two minutes. */
  public static Verdict run(List<String> command) {
    try {
      Path output = Files.createTempFile("judge", ".out");
      Path errors = Files.createTempFile("judge", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(command + " hangs");
        }
        return new Verdict(
            process.exitValue(),
            Bytes.adopt(Files.readAllBytes(output)),
            new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a program that must succeed, and gives its output. */
  public static Verdict mustRun(String... command) {
    Verdict verdict = run(List.of(command));
    assertThat(verdict.exit())
        .as(() -> String.join(" ", command) + ": " + verdict.errors())
        .isZero();
    return verdict;
  }
}
