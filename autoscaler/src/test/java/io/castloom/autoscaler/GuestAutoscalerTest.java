package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.Decision;
import io.castloom.service.fleet.FleetStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker that somebody started by hand: it has heartbeats, and no fleet lists it. */
final class GuestAutoscalerTest extends MemoryScaler {

  private static final InstanceId LAPTOP = new InstanceId("laptop");

  private List<FleetStatus.Member> members() throws IOException {
    return new ScalerOperations(store, queues, clock).status().orElseThrow().members();
  }

  private double guests() {
    return registry
        .get("castloom.instances")
        .tags("state", "running", "market", "guest")
        .gauge()
        .value();
  }

  @Test
  void while_it_is_heard_nothing_is_launched_for_what_it_can_do() throws IOException {
    Autoscaler scaler = scaler("a");
    beat(LAPTOP, List.of(), List.of());
    submit(1);
    tick(scaler, 25); // an instance would be launched by now
    assertThat(living()).isEmpty();
    Decision decision = scaler.runOnce().orElseThrow();
    assertThat(decision.explanation().notes()).anyMatch(it -> it.contains("started by hand"));
    assertThat(members()).singleElement().matches(FleetStatus.Member::guest);
    assertThat(guests()).isEqualTo(1);

    joined.clear(); // the lid is closed
    tick(scaler, 20);
    assertThat(members()).noneMatch(FleetStatus.Member::guest);
    assertThat(guests()).isZero();
    assertThat(living()).isNotEmpty();
  }

  @Test
  void it_is_never_drained_nor_ended_for_being_idle() throws IOException {
    Autoscaler scaler = scaler("a");
    beat(LAPTOP, List.of(), List.of());
    tick(scaler, 200);
    assertThat(control.open(LAPTOP).receive(10, Duration.ZERO, Duration.ofSeconds(10))).isEmpty();
    assertThat(members()).hasSize(1);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    assertThat(new ScalerOperations(store, queues, clock).cost(today, today).days())
        .allSatisfy(day -> assertThat(day.usd()).isZero());
  }

  @Test
  void a_heartbeat_that_comes_after_its_instance_ended_makes_no_guest() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    tick(scaler, 40);
    InstanceId ours = living().getFirst();
    beat(ours, List.of(), List.of());
    tick(scaler, 1);
    joined.clear();
    fleet.end(ours);
    clock.advance(Duration.ofMinutes(3));
    scaler.runOnce();
    beat(ours, List.of(), List.of());
    scaler.runOnce();
    assertThat(members()).noneMatch(FleetStatus.Member::guest);
  }

  @Test
  void what_an_operator_plans_reckons_with_the_tasks_that_run_and_with_guests() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    Task task =
        queues
            .of(WorkClass.ofSlug("transcode-normal"))
            .receive(1, Duration.ZERO, Duration.ofHours(1))
            .getFirst()
            .body();
    backlog.remove(List.of(task.pending()));
    beat(
        LAPTOP,
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
    var planned = new ScalerOperations(store, queues, clock).plan(Map.of()).decision();
    assertThat(planned.snapshot().instances())
        .singleElement()
        .satisfies(it -> assertThat(it.guest()).isTrue())
        .satisfies(it -> assertThat(it.running()).hasSize(1));
  }
}
