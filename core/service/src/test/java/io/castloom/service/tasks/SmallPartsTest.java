package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SmallPartsTest {

  private final World world = new World();

  @Test
  void a_lease_too_short_to_be_trusted_is_refused_and_the_reason_said() {
    LoopSettings usual = LoopSettings.of(TaskKind.TRANSCODE, 1);
    assertThatThrownBy(
            () ->
                new LoopSettings(
                    TaskKind.TRANSCODE,
                    1,
                    4,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    usual.stopGrace(),
                    usual.pollWait(),
                    usual.heartbeatEvery(),
                    usual.lonelyLife()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a lease of PT15S is too short: its last PT10S are not trusted; at least PT20S");
  }

  @Test
  void the_lowest_class_gets_a_tenth_and_the_middle_one_two() {
    ClassTurns turns = new ClassTurns(TaskKind.TRANSCODE);
    Map<Priority, Integer> first = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      WorkClass workClass = turns.order().getFirst();
      first.merge(workClass.priority(), 1, Integer::sum);
      assertThat(turns.order()).hasSize(3).doesNotHaveDuplicates();
      assertThat(turns.run()).isBetween(1, 3);
      turns.took(1);
    }
    assertThat(first).isEqualTo(Map.of(Priority.HIGH, 70, Priority.NORMAL, 20, Priority.BULK, 10));
  }

  @Test
  void a_command_is_carried_out_once_and_a_stale_one_not_at_all() throws IOException {
    InstanceId me = new InstanceId("i-1");
    List<Command> done = new ArrayList<>();
    List<String> acknowledged = new ArrayList<>();
    Controls controls =
        new Controls(
            world.control,
            me,
            command -> {
              done.add(command);
              return "ok";
            },
            (id, result) -> acknowledged.add(id + " " + result),
            world.clock);
    controls.open();
    Directive pause =
        new Directive("a", new Command.Pause("x"), world.clock.instant(), Duration.ofMinutes(1));
    world.control.send(me, pause);
    world.control.send(me, pause);
    world.control.send(
        me,
        new Directive(
            "b",
            new Command.Resume(),
            world.clock.instant().minusSeconds(61),
            Duration.ofMinutes(1)));
    controls.listenOnce(Duration.ZERO);
    assertThat(done).containsExactly(new Command.Pause("x"));
    assertThat(acknowledged).containsExactlyInAnyOrder("a ok", "b expired");
    controls.remove();
    assertThat(world.control.list()).isEmpty();
  }

  @Test
  void an_instance_that_fails_where_another_succeeds_is_quarantined() throws IOException {
    Quarantine quarantine = new Quarantine(world.jobs, new InstanceId("i-bad"));
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(
          JobFlow.of(Samples.aJob(Samples.DEMO, i + ".wav", Priority.HIGH, "flac"), Map.of())
              .ready(Samples.NOW)
              .getFirst());
    }
    for (Task task : tasks) {
      assertThat(quarantine.failed(task)).isFalse();
    }
    assertThat(quarantine.failed(tasks.getFirst())).isFalse();
    Attempt elsewhere = new Attempt("i-good", "", Samples.NOW, Samples.NOW, "produced", "", "");
    world.jobs.record(
        new TaskRecord(
            tasks.get(1).id(),
            tasks.get(1).account(),
            TaskState.DONE,
            0,
            List.of(elsewhere),
            List.of()));
    assertThat(quarantine.failed(tasks.getLast())).isTrue();
    quarantine.succeeded();
    assertThat(quarantine.failed(tasks.getLast())).isFalse();
  }

  @Test
  void an_instance_sends_held_tasks_itself() throws IOException {
    world.slots = 1;
    for (int i = 0; i < 6; i++) {
      world.submit("flood", i + ".wav", Priority.HIGH, "mp3-128");
    }
    WorkClass high = new WorkClass(TaskKind.TRANSCODE, Priority.HIGH);
    List<Task> first = world.receiveAll(high);
    assertThat(first).hasSize(2);
    world.backlog.remove(first.stream().map(Task::pending).toList());
    world.clock.advance(Duration.ofSeconds(10));
    HeldTasks held = new HeldTasks(world.dispatcher, () -> {}, world.clock);
    assertThat(held.release(high, 2)).isEqualTo(2);
    assertThat(held.release(high, 2)).isZero();
    assertThat(world.receiveAll(high)).hasSize(2);
  }
}
