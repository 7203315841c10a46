package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.jobs.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the messages that came are taken. */
final class ChoiceTest {

  private final World world = new World();
  private final Set<TaskId> cached = new HashSet<>();
  private final List<TaskId> taken = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TaskHandler handler =
      new TaskHandler() {
        @Override
        public TaskOutcome handle(Task task, TaskContext context) {
          return new TaskOutcome.Produced(List.of());
        }

        @Override
        public int choice() {
          return 2;
        }

        @Override
        public boolean hasInputs(Task task) {
          return cached.contains(task.id());
        }
      };
  private final Hands hands = new Hands(1);
  private final Fetcher fetcher =
      new Fetcher(
          new LoopPorts(
              world.jobs,
              world.backlog,
              world.queues,
              world.dispatcher,
              world.endings,
              world.control,
              new MemoryWorkQueue<>("fleet", world.clock),
              world.fleet,
              world.places),
          LoopSettings.of(World.NORMAL.kind(), 1),
          hands,
          Runnable::run,
          new HeldTasks(world.dispatcher, () -> {}, world.clock),
          (_, leases) ->
              leases.forEach(
                  lease -> {
                    taken.add(lease.body().id());
                    complete(lease);
                  }),
          lease -> release(lease),
          Choice.of(handler, registry));
  private final List<TaskId> sent = new ArrayList<>();

  private static void complete(io.castloom.domain.queue.Lease<Task> lease) {
    try {
      lease.complete();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void release(io.castloom.domain.queue.Lease<Task> lease) {
    try {
      lease.release(Duration.ZERO);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void five_tasks_wait() throws IOException {
    world.slots = 10;
    hands.mode(Heartbeat.Mode.WORKING);
    for (int i = 0; i < 5; i++) {
      world.submit("demo", i + ".wav", Priority.NORMAL, "mp3-128");
      world.clock.advance(Duration.ofMillis(1));
    }
    world.waiting(World.NORMAL).forEach(task -> sent.add(task.task()));
  }

  @Test
  void a_task_whose_inputs_are_here_goes_first_and_the_others_are_free_at_once()
      throws IOException {
    cached.add(sent.get(2));
    assertThat(fetcher.poll()).isEqualTo(1);
    assertThat(taken).containsExactly(sent.get(2));
    assertThat(world.queues.of(World.NORMAL).counts().visible()).isEqualTo(4);
    assertThat(registry.counter("castloom.tasks.near").count()).isEqualTo(1);
    assertThat(registry.counter("castloom.tasks.passed.on").count()).isEqualTo(2);
  }

  @Test
  void a_task_that_was_passed_on_once_is_not_passed_on_in_favour_of_another() throws IOException {
    cached.addAll(sent.subList(2, 5));
    for (int i = 0; i < 5; i++) {
      fetcher.poll();
    }
    assertThat(taken)
        .startsWith(sent.get(2), sent.get(0))
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void without_inputs_at_hand_the_order_of_the_queue_is_kept() throws IOException {
    fetcher.poll();
    fetcher.poll();
    assertThat(taken).containsExactly(sent.get(0), sent.get(1));
  }
}
