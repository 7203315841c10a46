package io.castloom.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.cloudwatch.CloudWatchFigureSink;
import io.castloom.domain.metric.Figure;
import io.castloom.tests.cloud.LocalStack;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

@Tag("localstack")
final class CloudWatchOnLocalStackTest {

  private final String namespace = "Castloom/" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void figures_are_read_back_with_their_labels_and_units() throws IOException {
    CloudWatchClient cloudWatch = LocalStack.clients().cloudWatch();
    Instant now = Instant.now();
    new CloudWatchFigureSink(cloudWatch, namespace)
        .publish(
            List.of(
                new Figure(
                    "castloom_queue_oldest_wait_seconds",
                    Map.of("class", "transcode-high"),
                    42.5,
                    Figure.Unit.SECONDS)),
            now);
    List<Datapoint> found =
        cloudWatch
            .getMetricStatistics(
                request ->
                    request
                        .namespace(namespace)
                        .metricName("castloom_queue_oldest_wait_seconds")
                        .dimensions(
                            Dimension.builder().name("class").value("transcode-high").build())
                        .startTime(now.minusSeconds(120))
                        .endTime(now.plusSeconds(120))
                        .period(60)
                        .statistics(Statistic.MAXIMUM))
            .datapoints();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().maximum()).isEqualTo(42.5);
    assertThat(found.getFirst().unit()).isEqualTo(StandardUnit.SECONDS);
  }

  @Test
  void more_figures_than_one_request_takes_are_sent_in_several() throws IOException {
    List<Figure> many = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      many.add(new Figure("castloom_instances", Map.of("state", "s" + i), i, Figure.Unit.COUNT));
    }
    CloudWatchClient cloudWatch = LocalStack.clients().cloudWatch();
    new CloudWatchFigureSink(cloudWatch, namespace).publish(many, Instant.now());
    assertThat(cloudWatch.listMetricsPaginator(request -> request.namespace(namespace)).metrics())
        .hasSize(1_100);
  }
}
