package io.castloom.tests.bench;

import io.castloom.local.bench.Bench;
import java.io.PrintStream;
import java.time.Duration;

/** {@code castloom bench scaler}. */
public final class ScalerCommand implements Bench {

  @Override
  public String name() {
    return "scaler";
  }

  @Override
  public String about() {
    return "cost over the cheapest possible plan and share in time, beside five peers' rules, on six weeks";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(150);
  }

  @Override
  public boolean print(PrintStream out, boolean json) {
    return ScalerBench.run(out, json);
  }
}
