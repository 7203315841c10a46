package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.fleet.Rolls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of the autoscaler that nobody can read: none stops the scaling for long. */
final class SpoiltScalerTest extends MemoryScaler {

  private static final String BILL = "fleet/ledger/2026-11-24.json";

  private static final List<String> DOCUMENTS =
      List.of(
          "fleet/launches.json",
          "fleet/leader.json",
          "fleet/status.json",
          "fleet/settings.json",
          "fleet/settings-base.json",
          "fleet/roll.json",
          "fleet/memory.json",
          "fleet/ledger/DAY.json",
          "announcements/nightly/DAY.json");

  private static final List<String> CONTENTS =
      List.of(
          "",
          "no JSON",
          "null",
          "[]",
          "{}",
          "{\"epoch\":",
          "{\"made\":7,\"overrides\":[],\"images\":{\"cat\":\"x\"},\"boots\":{\"TRANSCODE\":{\"recent\":[-1]}}}");

  private static List<List<String>> cases() {
    List<List<String>> cases = new ArrayList<>();
    DOCUMENTS.forEach(key -> CONTENTS.forEach(content -> cases.add(List.of(key, content))));
    return cases;
  }

  private String key(String of) {
    return of.replace("DAY", clock.instant().toString().substring(0, 10));
  }

  private void put(String key, String content) throws IOException {
    store.put(
        key,
        ObjectData.of(content.getBytes(StandardCharsets.UTF_8), "application/json"),
        PutCondition.always());
  }

  private String text(String key) throws IOException {
    try (ObjectContent content = store.get(key, null)) {
      return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_leader_goes_on_and_so_does_the_next(List<String> one) throws IOException {
    String key = key(one.getFirst());
    Autoscaler first = scaler("a");
    tick(first, 2);
    put(key, one.getLast());
    submit(1);
    for (int i = 0; i < 40; i++) {
      assertThat(first.runOnce()).as("tick %d", i).isPresent();
      clock.advance(TICK);
    }
    assertThat(living()).as("launched by who led").hasSize(1);

    put(key, one.getLast()); // and nobody leads
    Autoscaler second = scaler("b");
    for (int i = 0; i < 12; i++) {
      second.runOnce();
      clock.advance(TICK);
    }
    assertThat(second.leads()).as("within two leases").isTrue();
    assertThat(living()).as("for one need").hasSize(1);
    for (int i = 0; i < 20; i++) {
      assertThat(second.runOnce()).isPresent();
      clock.advance(TICK);
    }
    assertThat(text("fleet/status.json")).contains("\"leader\":\"b\"");
  }

  @Test
  void what_was_spoilt_is_kept_and_counted() throws IOException {
    Autoscaler scaler = scaler("a");
    tick(scaler, 1);
    new ScalerOperations(store, queues, clock).set("ann", Map.of("maxInstances", "7"));
    tick(scaler, 1);
    put("fleet/settings.json", "garbage");
    tick(scaler, 1);
    String kept = store.list("fleet/spoilt/", "", 10).objects().getFirst().key();
    assertThat(kept).startsWith("fleet/spoilt/settings.json-");
    assertThat(text(kept)).isEqualTo("garbage");
    assertThat(
            registry.get("castloom.documents.spoilt").tag("document", "settings").counter().count())
        .isEqualTo(1);
  }

  @Test
  void settings_are_written_again_as_they_were_in_force_also_by_the_next_leader()
      throws IOException {
    Autoscaler first = scaler("a");
    tick(first, 1);
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    operations.set("ann", Map.of("maxInstances", "7"));
    operations.pause("ann", ScalerOperations.Direction.OUT, Duration.ofHours(1));
    tick(first, 1);
    put("fleet/settings.json", "");
    tick(first, 1);
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(7);
    assertThat(operations.changes().getLast().author()).contains("spoilt");

    put("fleet/settings.json", "{}");
    clock.advance(Duration.ofSeconds(100));
    Autoscaler second = scaler("b");
    submit(1);
    for (int i = 0; i < 30; i++) {
      second.runOnce();
      clock.advance(TICK);
    }
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(7);
    assertThat(living()).as("the pause holds").isEmpty();
    operations.undo("bob");
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(20);
  }

  @Test
  void the_next_leader_boots_from_what_the_fleet_boots_from_when_the_rolls_are_spoilt()
      throws IOException {
    Autoscaler first = scaler("a");
    tick(first, 1);
    for (int i = 0; i < 3; i++) {
      fleet.launch(
          new LaunchRequest(
              "1-" + i,
              TaskKind.TRANSCODE,
              1,
              List.of("process"),
              0,
              i == 0 ? FleetImage.DEFAULT : new FleetImage("7")));
    }
    for (InstanceId id : living()) {
      beat(id, List.of(), List.of());
    }
    put(Rolls.KEY, "{");
    clock.advance(Duration.ofSeconds(100));
    Autoscaler second = scaler("b");
    tick(second, 12);
    assertThat(new RollBook(store, clock).read().image(TaskKind.TRANSCODE))
        .isEqualTo(new FleetImage("7"));
    new ScalerOperations(store, queues, clock).set("ann", Map.of("minInstances.transcode", "4"));
    tick(second, 3);
    assertThat(fleet.list())
        .filteredOn(
            it ->
                it.tags().getOrDefault(Instance.LAUNCH_TOKEN, "").startsWith("2-")
                    || FleetImage.of(it).equals(new FleetImage("7")))
        .hasSizeGreaterThan(2);
  }

  @Test
  void a_spoilt_decision_or_bill_is_told_and_spoils_no_other() throws IOException {
    Autoscaler scaler = scaler("a");
    tick(scaler, 3);
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    List<String> ids = operations.decisions(clock.instant().minusSeconds(100), clock.instant(), 10);
    assertThat(ids).hasSize(3);
    String folder = "fleet/decisions/" + key("DAY") + "/";
    put(store.list(folder, "", 10).objects().getFirst().key(), "no gzip");
    put(folder + "notes-by-hand.txt", "somebody's");
    assertThat(operations.decisions(clock.instant().minusSeconds(100), clock.instant(), 10))
        .hasSize(3);
    assertThat(operations.explain(Optional.empty())).isPresent();
    assertThatThrownBy(() -> operations.explain(Optional.of(ids.getFirst())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is spoilt");
    put(BILL, "[");
    put("fleet/history/" + key("DAY") + "/0000000000001.jsonl.gz", "no gzip");
    ScalerOperations.Bills bills =
        operations.cost(
            java.time.LocalDate.parse("2026-11-20"), java.time.LocalDate.parse("2026-11-28"));
    assertThat(bills.spoilt()).containsExactly(java.time.LocalDate.parse("2026-11-24"));
    assertThat(operations.history(clock.instant().minusSeconds(100), clock.instant())).isEmpty();
  }

  @Test
  void a_document_that_cannot_even_be_written_over_holds_no_tick_up() throws IOException {
    ObjectStore real = new Calls().count(ObjectStore.class, store); // tells its own exceptions
    ObjectStore stubborn =
        (ObjectStore)
            java.lang.reflect.Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("put")
                      && List.of("fleet/roll.json", "fleet/settings.json")
                          .contains(String.valueOf(arguments[0]))) {
                    return new PutOutcome.ConditionFailed();
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (java.lang.reflect.InvocationTargetException e) {
                    throw java.util.Objects.requireNonNull(e.getCause());
                  }
                });
    Autoscaler scaler =
        new Autoscaler(
            new ScalerPorts(
                stubborn,
                backlog,
                queues,
                heartbeats,
                control,
                new LostTasks(jobs, backlog),
                List::of),
            fleet,
            "a",
            SETTINGS,
            Duration.ofSeconds(45),
            new ScalerMetrics(registry),
            clock);
    put("fleet/roll.json", "");
    put("fleet/settings.json", "");
    submit(1);
    for (int i = 0; i < 40; i++) {
      assertThat(scaler.runOnce()).as("tick %d", i).isPresent();
      clock.advance(TICK);
    }
    assertThat(living()).hasSize(1);
  }
}
