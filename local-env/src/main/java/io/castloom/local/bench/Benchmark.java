package io.castloom.local.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** A benchmark whose figures are measures. */
public interface Benchmark extends Bench {

  /**
   * Measures.
   *
   * @param say hears one line at a time of what is going on, for people
   * @return every figure, ours and the baseline's from this very run
   */
  List<Measure> run(Consumer<String> say) throws Exception;

  @Override
  default boolean print(PrintStream out, boolean json) throws Exception {
    List<Measure> measures = run(System.err::println);
    measures.forEach(measure -> out.println(json ? measure.json() : measure.row()));
    return measures.stream().allMatch(Measure::holds);
  }
}
