package io.castloom.local.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A benchmark that {@code castloom bench NAME} runs. Found by {@link java.util.ServiceLoader}, so
 * that the tests module can bring those that need all of the house.
 */
public interface Benchmark {

  /** As typed: lower case, one word. */
  String name();

  /** What it compares with what, in one line. */
  String about();

  /** About how long it takes on two cores. */
  Duration length();

  /**
   * Measures.
   *
   * @param say hears one line at a time of what is going on, for people
   * @return every figure, ours and the baseline's from this very run
   */
  List<Measure> run(Consumer<String> say) throws Exception;
}
