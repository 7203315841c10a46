package io.castloom.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.local.bench.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueBenchTest {

  @Test
  void no_op_tasks_pass_and_their_calls_are_few() throws Exception {
    List<Measure> measures = new QueueBench().run(line -> {});
    measures.forEach(it -> System.out.println(it + " ratio " + it.ratio()));
    double all =
        measures.stream().filter(it -> it.unit().equals("calls")).mapToDouble(Measure::value).sum();
    assertThat(all).isLessThan(2);
  }
}
