package io.castloom.service.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.ManualClock;
import io.castloom.domain.metric.Figure;
import io.castloom.service.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Figure> told = new ArrayList<>();
  private boolean fails;
  private boolean mine = true;

  private final Publication publication =
      new Publication(
          registry,
          Set.of("castloom_waiting", "castloom_queue_oldest_wait_seconds", "castloom_cost_usd"),
          (figures, _) -> {
            if (fails) {
              throw new IOException("throttled");
            }
            told.addAll(figures);
          },
          () -> mine,
          ManualClock.atNoon());

  private List<Figure> published() throws IOException {
    told.clear();
    publication.publish();
    return List.copyOf(told);
  }

  @Test
  void gauges_are_told_as_they_are_with_their_labels_and_others_are_not() throws IOException {
    registry.gauge("castloom.waiting", new AtomicInteger(7));
    registry.gauge("castloom.something.else", new AtomicInteger(1));
    io.micrometer.core.instrument.Gauge.builder("castloom.queue.oldest.wait.seconds", () -> 2.5)
        .tag("class", "transcode-high")
        .tag("process", "autoscaler")
        .register(registry);
    assertThat(published())
        .containsExactlyInAnyOrder(
            new Figure("castloom_waiting", Map.of(), 7, Figure.Unit.COUNT),
            new Figure(
                "castloom_queue_oldest_wait_seconds",
                Map.of("class", "transcode-high"),
                2.5,
                Figure.Unit.SECONDS));
  }

  @Test
  void a_counter_tells_what_came_since_and_a_failure_loses_nothing() throws IOException {
    registry.counter("castloom.cost.usd").increment(1.5);
    assertThat(published()).extracting(Figure::value).containsExactly(1.5);
    registry.counter("castloom.cost.usd").increment(0.25);
    fails = true;
    assertThatThrownBy(publication::publish).hasMessage("throttled");
    fails = false;
    registry.counter("castloom.cost.usd").increment(0.25);
    assertThat(published()).extracting(Figure::value).containsExactly(0.5);
  }

  @Test
  void a_standby_tells_nothing_and_does_not_catch_up_when_it_leads() throws IOException {
    registry.counter("castloom.cost.usd").increment(1);
    mine = false;
    assertThat(published()).isEmpty();
    mine = true;
    assertThat(published()).extracting(Figure::value).containsExactly(0.0);
  }

  @Test
  void it_is_off_unless_a_namespace_is_given_and_a_wrong_one_is_refused() {
    assertThat(CloudWatchSettings.from(new SettingsReader(Map.of(), Map.of()))).isNull();
    CloudWatchSettings on =
        CloudWatchSettings.from(
            new SettingsReader(Map.of("cloudwatch.namespace", "Castloom"), Map.of()));
    assertThat(on).isNotNull();
    SettingsReader wrong = new SettingsReader(Map.of("cloudwatch.namespace", "AWS/SQS"), Map.of());
    CloudWatchSettings.from(wrong);
    assertThatThrownBy(wrong::finish).hasMessageContaining("does not begin with AWS/");
  }
}
