package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.DeadLetters;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.QueueCounts;
import io.castloom.domain.queue.SendFailure;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.jobs.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which queues are asked, and how often. */
final class FetcherTest {

  private static final WorkClass HIGH = new WorkClass(World.NORMAL.kind(), Priority.HIGH);

  private final World world = new World();
  private final List<WorkClass> asked = new ArrayList<>();
  private final Hands hands = new Hands(10);
  private final List<Task> taken = new ArrayList<>();
  private final Fetcher fetcher =
      new Fetcher(
          new LoopPorts(
              world.jobs,
              world.backlog,
              noting(),
              world.dispatcher,
              world.endings,
              world.control,
              new MemoryWorkQueue<>("fleet", world.clock),
              world.fleet,
              world.places),
          LoopSettings.of(World.NORMAL.kind(), 10),
          hands,
          Runnable::run,
          new HeldTasks(world.dispatcher, () -> {}, world.clock),
          (_, leases) -> leases.forEach(lease -> taken.add(lease.body())),
          new HandBack(world.queues)::passOn,
          Choice.of((_, _) -> new TaskOutcome.Produced(List.of()), new SimpleMeterRegistry()));

  private WorkQueues noting() {
    Map<WorkClass, WorkQueue<Task>> all = new HashMap<>();
    world
        .queues
        .byClass()
        .forEach((workClass, queue) -> all.put(workClass, new Noting(workClass, queue)));
    return new WorkQueues(all);
  }

  private void submit(Priority priority, int count) throws IOException {
    world.slots = 100;
    for (int i = 0; i < count; i++) {
      world.submit("demo", priority.slug() + i + ".wav", priority, "mp3-128");
    }
  }

  @Test
  void while_tasks_are_quick_an_empty_class_is_asked_ten_times_a_second_at_most()
      throws IOException {
    hands.mode(Heartbeat.Mode.WORKING);
    hands.ahead(10);
    submit(Priority.NORMAL, 30);
    for (int i = 0; i < 5; i++) {
      assertThat(fetcher.poll()).isPositive();
    }
    assertThat(asked).filteredOn(HIGH::equals).hasSizeLessThanOrEqualTo(1);
    submit(Priority.HIGH, 1);
    world.clock.advance(Duration.ofMillis(100));
    while (fetcher.poll() > 0 && taken.stream().noneMatch(it -> it.workClass().equals(HIGH))) {
      assertThat(asked).hasSizeLessThan(20);
    }
    assertThat(taken).anyMatch(task -> task.workClass().equals(HIGH));
  }

  @Test
  void otherwise_the_more_urgent_classes_are_asked_each_time() throws IOException {
    hands.mode(Heartbeat.Mode.WORKING);
    submit(Priority.NORMAL, 60);
    for (int i = 0; i < 10; i++) {
      fetcher.poll();
    }
    assertThat(asked).filteredOn(HIGH::equals).hasSizeGreaterThanOrEqualTo(5);
  }

  /** Notes when its queue is asked for messages. */
  private final class Noting implements WorkQueue<Task> {
    private final WorkClass workClass;
    private final WorkQueue<Task> queue;

    Noting(WorkClass workClass, WorkQueue<Task> queue) {
      this.workClass = workClass;
      this.queue = queue;
    }

    @Override
    public String name() {
      return queue.name();
    }

    @Override
    public void send(Outgoing<Task> message) throws IOException {
      queue.send(message);
    }

    @Override
    public List<SendFailure<Task>> sendAll(List<Outgoing<Task>> messages) throws IOException {
      return queue.sendAll(messages);
    }

    @Override
    public List<Lease<Task>> receive(int max, Duration wait, Duration visibility)
        throws IOException {
      asked.add(workClass);
      return queue.receive(max, wait, visibility);
    }

    @Override
    public void completeAll(Collection<Lease<Task>> leases) throws IOException {
      queue.completeAll(leases);
    }

    @Override
    public void releaseAll(Collection<Lease<Task>> leases, Duration delay) throws IOException {
      queue.releaseAll(leases, delay);
    }

    @Override
    public QueueCounts counts() throws IOException {
      return queue.counts();
    }

    @Override
    public DeadLetters<Task> deadLetters() {
      return queue.deadLetters();
    }
  }
}
