package io.castloom.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Limits;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.WorkKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalerTextTest {

  private static InstanceView instance(String id, Market market) {
    Instant noon = Instant.parse("2026-01-05T12:00:00Z");
    return new InstanceView(
        id,
        WorkKind.TRANSCODE,
        "",
        market,
        InstanceState.RUNNING,
        noon,
        noon,
        noon,
        null,
        2,
        List.of());
  }

  @Test
  void guests_use_up_no_limit() {
    Limits limits = new Limits(Map.of(), 2, 1, 3.0);
    assertThat(
            ScalerText.limits(
                List.of(instance("i-1", Market.SPOT), instance("laptop", Market.GUEST)),
                limits,
                0.12))
        .isEqualTo(
            "limits: 1 of at most 2 instances, guests not counted (1); 0.12 of at most 3.00 USD an hour");
    assertThat(ScalerText.limits(List.of(), limits, 0))
        .isEqualTo("limits: 0 of at most 2 instances; 0.00 of at most 3.00 USD an hour");
  }
}
