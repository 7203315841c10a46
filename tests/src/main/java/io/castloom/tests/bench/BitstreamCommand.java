package io.castloom.tests.bench;

import io.castloom.local.bench.Bench;
import java.io.PrintStream;
import java.time.Duration;

/** {@code castloom bench bitstream}. */
public final class BitstreamCommand implements Bench {

  @Override
  public String name() {
    return "bitstream";
  }

  @Override
  public String about() {
    return "frame parsing and splicing in GB/s, next to a plain array copy (JMH)";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(45);
  }

  @Override
  public boolean print(PrintStream out, boolean json) {
    out.print(BitstreamBench.run());
    return true;
  }
}
