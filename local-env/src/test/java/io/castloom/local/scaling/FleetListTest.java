package io.castloom.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.Market;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetListTest {

  private static FleetStatus.Member member(String id, @Nullable Market market) {
    Instant noon = Instant.parse("2026-01-05T12:00:00Z");
    return new FleetStatus.Member(
        new InstanceId(id),
        TaskKind.TRANSCODE,
        FleetStatus.State.WORKING,
        market,
        market == null ? "" : "c6i.large",
        2,
        market == null ? null : noon,
        noon,
        noon,
        "lame",
        List.of());
  }

  private final FleetList list =
      new FleetList(
          List.of(member("i-1", Market.SPOT), member("laptop", null)),
          Set.of(new InstanceId("desk")));

  @Test
  void a_worker_that_was_started_by_hand_is_shown_as_a_guest() {
    assertThat(list.lines().get(0)).contains("i-1").contains("working").contains("spot");
    assertThat(list.lines().get(1)).contains("laptop").contains("guest").contains("2 slots");
    assertThat(Json.write(list.instances())).contains("\"market\":\"guest\"");
  }

  @Test
  void what_listens_without_being_described_is_shown_with_the_reason() {
    assertThat(list.lines().get(2)).startsWith("desk listens; no autoscaler has described it");
    assertThat(Json.write(list.instances())).contains("\"state\":\"unknown\"");
  }
}
