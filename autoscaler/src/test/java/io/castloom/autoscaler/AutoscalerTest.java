package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole autoscaler over memory. */
final class AutoscalerTest extends MemoryScaler {

  @Test
  void waiting_tasks_bring_an_instance_and_idleness_drains_it() throws IOException {
    Autoscaler scaler = scaler("a");
    tick(scaler, 3);
    assertThat(living()).isEmpty();
    submit(1);
    tick(scaler, 40);
    assertThat(living()).hasSize(1);
    InstanceId worker = living().getFirst();
    beat(worker, List.of(), List.of());
    List<Task> tasks = new ArrayList<>();
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      for (Lease<Task> lease :
          queues.of(workClass).receive(10, Duration.ZERO, Duration.ofMinutes(2))) {
        tasks.add(lease.body());
        lease.complete();
      }
    }
    backlog.remove(tasks.stream().map(Task::pending).toList());
    Task task = tasks.getFirst();
    Instant now = clock.instant();
    beat(
        worker,
        List.of(),
        List.of(
            new Heartbeat.Done(
                task.id(),
                task.workClass(),
                task.account(),
                task.enqueuedAt(),
                now.minusSeconds(3),
                now,
                task.estimate(),
                null,
                true)));
    tick(scaler, 60);
    List<Lease<Directive>> commands =
        control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10));
    assertThat(commands).isNotEmpty().allMatch(it -> it.body().command() instanceof Command.Drain);
    FleetStatus status = new ScalerOperations(store, queues, clock).status().orElseThrow();
    assertThat(status.leader()).isEqualTo("a");
    assertThat(status.members()).hasSize(1);
    Ledger.Day day =
        new ScalerOperations(store, queues, clock)
            .cost(
                LocalDate.ofInstant(now, ZoneOffset.UTC), LocalDate.ofInstant(now, ZoneOffset.UTC))
            .days()
            .getFirst();
    assertThat(day.usd()).isPositive();
    assertThat(day.usdBy(Ledger.Part.ACCOUNT)).containsOnlyKeys("demo");
    assertThat(registry.get("castloom.autoscaler.max.instances").gauge().value()).isEqualTo(20);
  }

  @Test
  void every_decision_can_be_made_again_and_explained() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    Decision launched = null;
    for (int i = 0; i < 40 && launched == null; i++) {
      Decision decision = scaler.runOnce().orElseThrow();
      launched = decision.launches() > 0 ? decision : null;
      clock.advance(TICK);
    }
    assertThat(launched).isNotNull();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    ScalerOperations.Explained explained =
        operations.explain(Optional.of(launched.id())).orElseThrow();
    assertThat(explained.decision().decision()).isEqualTo(launched);
    assertThat(
            new ScalingPlanner()
                .decide(explained.decision().snapshot(), explained.decision().settings()))
        .isEqualTo(launched);
    assertThat(explained.decision().outcomes()).anyMatch(it -> it.startsWith("launched"));
    assertThat(operations.explain(Optional.empty())).isPresent();
    assertThat(operations.plan(Map.of()).decision().decision().launches()).isZero();
  }

  @Test
  void a_second_one_stands_by_and_takes_over() throws IOException {
    Autoscaler first = scaler("a");
    Autoscaler second = scaler("b");
    assertThat(first.runOnce()).isPresent();
    assertThat(second.runOnce()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(second.runOnce()).isPresent();
    assertThat(first.runOnce()).isEmpty();
    assertThat(second.leads()).isTrue();
    second.stop();
    assertThat(first.runOnce()).isPresent();
  }

  @Test
  void settings_are_changed_live_with_author_and_undone() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    operations.set("ann", Map.of("maxInstances", "7"));
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(7);
    clock.advance(TICK);
    scaler.runOnce();
    assertThat(registry.get("castloom.autoscaler.max.instances").gauge().value()).isEqualTo(7);
    assertThatThrownBy(() -> operations.set("ann", Map.of("maxInstance", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxInstances");
    assertThat(operations.undo("bob").author()).isEqualTo("bob");
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(20);
    assertThat(operations.changes()).hasSize(2);
  }

  @Test
  void a_pause_holds_launches_back() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    operations.pause("ann", ScalerOperations.Direction.OUT, Duration.ofHours(1));
    submit(1);
    tick(scaler, 60);
    assertThat(living()).isEmpty();
    operations.resume("ann");
    tick(scaler, 30);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void tasks_of_a_dead_instance_wait_again() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    tick(scaler, 40);
    InstanceId worker = living().getFirst();
    WorkClass normal = WorkClass.ofSlug("transcode-normal");
    Task task = queues.of(normal).receive(1, Duration.ZERO, Duration.ofHours(1)).getFirst().body();
    backlog.remove(List.of(task.pending()));
    beat(
        worker,
        List.of(
            new Heartbeat.Running(
                task.id(),
                task.workClass(),
                task.account(),
                clock.instant(),
                task.estimate(),
                0.1)),
        List.of());
    scaler.runOnce();
    joined.clear();
    fleet.end(worker);
    clock.advance(Duration.ofMinutes(3));
    scaler.runOnce();
    assertThat(backlog.oldest(normal, null, 10).tasks())
        .anyMatch(entry -> entry.task().equals(task.id()));
  }

  @Test
  void refused_launches_are_told_and_never_exceed_the_limit() throws IOException {
    Autoscaler scaler = scaler("a");
    fleet.refuse("no capacity in the zone");
    submit(1);
    tick(scaler, 20);
    assertThat(living()).isEmpty();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    List<String> ids = operations.decisions(Samples.NOW, clock.instant(), 1_000);
    List<String> outcomes = new ArrayList<>();
    for (String id : ids) {
      outcomes.addAll(operations.explain(Optional.of(id)).orElseThrow().decision().outcomes());
    }
    assertThat(outcomes).contains("refused: no capacity in the zone");
    assertThat(Json.write(operations.explain(Optional.of(ids.getFirst())).orElseThrow()))
        .contains("snapshot");
    assertThat(new Action.Drain("i-1", "x").reason()).isEqualTo("x");
  }

  @Test
  void throttled_calls_and_expired_credentials_drain_nothing_and_are_made_good()
      throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    tick(scaler, 30);
    InstanceId worker = living().getFirst();
    beat(worker, List.of(), List.of());
    fleet.failNext(1_000);
    tick(scaler, 8); // what was known is too old by now
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      for (Lease<Task> lease :
          queues.of(workClass).receive(10, Duration.ZERO, Duration.ofMinutes(2))) {
        backlog.remove(List.of(lease.body().pending()));
        lease.complete();
      }
    }
    tick(scaler, 30);
    fleet.failNext(0);
    assertThat(living()).as("an old list drains nothing").containsExactly(worker);
    assertThat(control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10))).isEmpty();
    tick(scaler, 30);
    assertThat(control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10)))
        .isNotEmpty();
  }

  @Test
  void an_instance_whose_clock_is_ahead_is_seen() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    heartbeats.send(
        Outgoing.now(
            new Heartbeat(
                new InstanceId("i-00000000000000009"),
                TaskKind.TRANSCODE,
                Heartbeat.Mode.WORKING,
                1,
                clock.instant().plus(Duration.ofMinutes(4)),
                clock.instant(),
                "lame",
                List.of(),
                List.of(),
                List.of()),
            "i-9"));
    scaler.runOnce();
    assertThat(registry.get("castloom.clock.skew.seconds").gauge().value()).isEqualTo(240);
  }

  @Test
  void a_lease_that_is_lost_or_spoiled_stops_nobody_for_long() throws IOException {
    Autoscaler first = scaler("a");
    tick(first, 2);
    store.delete("fleet/leader.json");
    assertThat(first.runOnce()).as("it certainly leads").isPresent();
    store.delete("fleet/launches.json");
    submit(1);
    tick(first, 25);
    assertThat(living()).as("the launches' document is written again").isNotEmpty();

    ObjectData nothing = ObjectData.of(new byte[0], "application/json");
    store.put("fleet/leader.json", nothing, PutCondition.always());
    clock.advance(Duration.ofMinutes(1)); // it was held up: nobody certainly leads
    Autoscaler second = scaler("b");
    assertThat(second.runOnce()).isEmpty();
    assertThat(first.runOnce()).isEmpty();
    clock.advance(Duration.ofSeconds(46));
    assertThat(second.runOnce()).isPresent();
    assertThat(new ScalerOperations(store, queues, clock).status().orElseThrow().epoch())
        .isEqualTo(2);
    assertThat(first.runOnce()).isEmpty();
  }
}
