package io.castloom.tests.splice;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Judges that the machine may have. */
public final class Programs {

  private Programs() {}

  /** Skips the rest of the test without it, or fails it with CASTLOOM_REQUIRE_JUDGES=true. */
  public static void require(String program) {
    assumeTrue(Tools.found(program), program + " is not on the path");
  }
}
