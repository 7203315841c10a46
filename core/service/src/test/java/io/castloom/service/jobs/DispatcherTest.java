package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DispatcherTest {

  private final World world = new World();

  @Test
  void a_job_is_opened_noted_and_sent() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    assertThat(world.jobs.find(job.account(), job.id())).contains(job);
    List<Task> sent = world.receiveAll(World.NORMAL);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().sole()).isTrue();
    assertThat(world.waiting(World.NORMAL)).containsExactly(sent.getFirst().pending());
  }

  @Test
  void the_same_job_again_sends_nothing_unless_its_entry_was_lost() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    Task task = world.receiveAll(World.NORMAL).getFirst();
    world.clock.advance(Duration.ofMinutes(10));
    Job later =
        JobPlanner.plan(
            job.original(),
            job.profiles(),
            job.priority(),
            null,
            null,
            job.policy(),
            world.clock.instant());
    world
        .queues
        .of(World.NORMAL)
        .completeAll(
            world.queues.of(World.NORMAL).receive(10, Duration.ZERO, Duration.ofSeconds(9)));
    assertThat(world.dispatcher.submit(later)).isEqualTo(job);
    assertThat(world.receiveAll(World.NORMAL)).isEmpty();
    world.backlog.remove(List.of(task.pending()));
    world.dispatcher.submit(later);
    assertThat(world.receiveAll(World.NORMAL)).containsExactly(task);
    world.backlog.remove(List.of(task.pending()));
    world.jobs.begin(World.record(task, TaskState.RUNNING));
    world.dispatcher.submit(later);
    assertThat(world.receiveAll(World.NORMAL)).isEmpty();
  }

  @Test
  void an_account_has_a_window_of_messages_and_the_rest_is_held() throws IOException {
    world.slots = 3;
    for (int i = 0; i < 20; i++) {
      world.submit("flood", i + ".wav", Priority.NORMAL, "mp3-128");
    }
    assertThat(world.receiveAll(World.NORMAL)).hasSize(6);
    assertThat(world.waiting(World.NORMAL).stream().filter(PendingTask::held)).hasSize(14);
    world.submit("other", "x.wav", Priority.NORMAL, "mp3-128");
    assertThat(world.receiveAll(World.NORMAL))
        .extracting(task -> task.account().value())
        .containsExactly("other");
  }

  @Test
  void a_flood_in_one_class_does_not_hold_back_a_more_urgent_one() throws IOException {
    for (int i = 0; i < 20; i++) {
      world.submit("flood", i + ".wav", Priority.BULK, "mp3-128");
    }
    world.submit("flood", "urgent.wav", Priority.HIGH, "mp3-128");
    assertThat(world.receiveAll(new WorkClass(World.NORMAL.kind(), Priority.HIGH))).hasSize(1);
  }

  @Test
  void started_tasks_make_room_in_weighted_turns() throws IOException {
    world.weights.put(new AccountId("gold"), 3);
    world.slots = 4;
    for (int i = 0; i < 40; i++) {
      world.submit("gold", i + ".wav", Priority.NORMAL, "mp3-128");
      world.submit("tin", i + ".wav", Priority.NORMAL, "mp3-128");
      world.clock.advance(Duration.ofMillis(1));
    }
    List<Task> started = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (Task task : world.receiveAll(World.NORMAL)) {
        started.add(task);
        world.backlog.remove(List.of(task.pending()));
      }
      world.clock.advance(Duration.ofSeconds(2));
      world.dispatcher.releaseHeld(World.NORMAL, 100);
    }
    var byAccount =
        started.stream()
            .collect(Collectors.groupingBy(task -> task.account().value(), Collectors.counting()));
    assertThat(byAccount.getOrDefault("gold", 0L))
        .isBetween(2 * byAccount.getOrDefault("tin", 0L), 4 * byAccount.getOrDefault("tin", 0L));
  }

  @Test
  void a_later_task_does_not_overtake_a_held_one_of_its_account() throws IOException {
    world.slots = 1;
    for (int i = 0; i < 4; i++) {
      world.submit("demo", i + ".wav", Priority.NORMAL, "mp3-128");
      world.clock.advance(Duration.ofMillis(1));
    }
    List<Task> first = world.receiveAll(World.NORMAL);
    assertThat(first).hasSize(2);
    world.backlog.remove(List.of(first.getFirst().pending()));
    world.clock.advance(Duration.ofSeconds(2));
    List<PendingTask> held =
        world.waiting(World.NORMAL).stream().filter(PendingTask::held).toList();
    world.submit("demo", "late.wav", Priority.NORMAL, "mp3-128");
    assertThat(world.receiveAll(World.NORMAL))
        .extracting(Task::id)
        .containsExactly(held.getFirst().task());
  }
}
