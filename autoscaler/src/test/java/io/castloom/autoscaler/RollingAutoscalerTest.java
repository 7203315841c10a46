package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.service.fleet.RollBook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rolls under whole autoscalers that come and go. */
final class RollingAutoscalerTest extends MemoryScaler {

  /** Machines of it run, and nothing is ever heard of them. */
  private static final FleetImage NEVER_UP = new FleetImage("3");

  /** Lets every instance that runs do a task in each tick. */
  private void work(Autoscaler scaler, FleetImage bad, int ticks) throws IOException {
    for (int i = 0; i < ticks; i++) {
      scaler.runOnce();
      clock.advance(TICK);
      for (Instance instance : fleet.list()) {
        if (instance.state() == InstanceState.RUNNING
            && !FleetImage.of(instance).equals(NEVER_UP)) {
          endDrained(instance.id());
          boolean good = !FleetImage.of(instance).equals(bad);
          beat(instance.id(), List.of(), List.of(doneTask(good)));
        }
      }
    }
  }

  private void endDrained(InstanceId id) throws IOException {
    for (Lease<Directive> lease :
        control.open(id).receive(10, Duration.ZERO, Duration.ofSeconds(10))) {
      if (lease.body().command() instanceof Command.Drain) {
        fleet.end(id);
      }
      lease.complete();
    }
  }

  private Heartbeat.Done doneTask(boolean good) {
    Job job = Samples.aJob();
    Instant now = clock.instant();
    return new Heartbeat.Done(
        new TaskId(job.id(), "encode-mp3-128"),
        new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL),
        job.account(),
        now.minusSeconds(10),
        now.minusSeconds(9),
        now,
        Duration.ofSeconds(1),
        "talk",
        good);
  }

  private List<FleetImage> images() throws IOException {
    return fleet.list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING)
        .map(FleetImage::of)
        .toList();
  }

  private RollBook rolling(int instances) throws IOException {
    Autoscaler first = scaler("a");
    first.runOnce();
    new ScalerOperations(store, queues, clock)
        .set("test", Map.of("minInstances.transcode", "" + instances));
    work(first, new FleetImage("9"), 12);
    assertThat(images()).hasSize(instances).containsOnly(FleetImage.DEFAULT);
    first.stop();
    return new RollBook(store, clock);
  }

  @Test
  void a_roll_goes_on_under_another_leader_and_reaches_every_instance() throws IOException {
    RollBook book = rolling(3);
    FleetImage next = new FleetImage("2");
    book.begin(TaskKind.TRANSCODE, next, RollTerms.USUAL, "test");
    Autoscaler second = scaler("b");
    work(second, new FleetImage("9"), 9);
    assertThat(images()).contains(next, FleetImage.DEFAULT);
    second.stop();
    work(scaler("c"), new FleetImage("9"), 60);
    assertThat(book.read().rolls().getLast().phase()).isEqualTo(Roll.Phase.DONE);
    assertThat(images()).hasSize(3).containsOnly(next);
    assertThat(book.read().image(TaskKind.TRANSCODE)).isEqualTo(next);
  }

  @Test
  void a_roll_to_an_image_on_which_tasks_fail_goes_back_by_itself() throws IOException {
    RollBook book = rolling(3);
    FleetImage bad = new FleetImage("2");
    book.begin(TaskKind.TRANSCODE, bad, RollTerms.USUAL, "test");
    work(scaler("b"), bad, 60);
    assertThat(book.read().rolls().getLast().phase()).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(book.read().rolls().getLast().note()).contains("tasks failed on 2");
    assertThat(images()).hasSize(3).containsOnly(FleetImage.DEFAULT);
  }

  @Test
  void a_roll_to_an_image_that_never_comes_up_goes_back_by_itself() throws IOException {
    RollBook book = rolling(2);
    book.begin(TaskKind.TRANSCODE, NEVER_UP, RollTerms.USUAL, "test");
    work(scaler("b"), NEVER_UP, 150);
    Roll roll = book.read().rolls().getLast();
    assertThat(roll.phase()).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(roll.note()).contains("2 instances of 3 in a row ended before they joined");
    assertThat(images()).hasSize(2).containsOnly(FleetImage.DEFAULT);
  }
}
