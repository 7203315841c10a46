package io.castloom.tests.bench;

import io.castloom.local.bench.Bench;
import java.io.PrintStream;
import java.time.Duration;

/** {@code castloom bench arrange}. */
public final class ArrangeCommand implements Bench {

  @Override
  public String name() {
    return "arrange";
  }

  @Override
  public String about() {
    return "pacing error at the end of a simulated month, 10,000 episodes and 200 campaigns";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(60);
  }

  @Override
  public boolean print(PrintStream out, boolean json) {
    return ArrangeBench.run(out, json);
  }
}
