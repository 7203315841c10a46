package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Judges that the machine may have. */
final class Programs {

  private Programs() {}

  /** Skips the rest of the test without it, or fails it with CASTLOOM_REQUIRE_JUDGES=true. */
  static void require(String program) {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if ("true".equals(System.getenv("CASTLOOM_REQUIRE_JUDGES"))) {
      assertThat(found).as(program + " is required as a judge").isTrue();
    }
    assumeTrue(found, program + " is not on the path");
  }
}
