package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoredBacklogTest {

  private final World world = new World();
  private final StoredBacklog backlog = world.backlog;

  private static Task aTask(String name, int second) {
    return JobFlow.of(
            Samples.aJob(new AccountId("demo-1"), name, Priority.NORMAL, "mp3-64-mono"), Map.of())
        .ready(Samples.NOW.plusSeconds(second))
        .getFirst();
  }

  @Test
  void the_longest_wait_comes_first_and_pages_follow_each_other() throws IOException {
    List<Task> tasks = List.of(aTask("c", 1), aTask("a", 2), aTask("b", 3));
    for (Task task : tasks.reversed()) {
      backlog.add(task, false);
    }
    Backlog.Page first = backlog.oldest(World.NORMAL, null, 2);
    assertThat(first.tasks()).containsExactly(tasks.get(0).pending(), tasks.get(1).pending());
    assertThat(first.more()).isTrue();
    Backlog.Page second = backlog.oldest(World.NORMAL, first.tasks().getLast(), 2);
    assertThat(second.tasks()).containsExactly(tasks.get(2).pending());
    assertThat(second.more()).isFalse();
  }

  @Test
  void a_key_says_all_that_a_planner_needs() throws IOException {
    Task task = aTask("a", 0);
    backlog.add(task, true);
    assertThat(world.store.keys())
        .containsExactly(
            "pending/transcode-normal/1764057600123-"
                    .replace("1764057600123", "" + Samples.NOW.toEpochMilli())
                + task.id()
                + "~2~demo-1~held");
    assertThat(backlog.message(task.pending(true))).contains(task);
    assertThat(backlog.message(task.pending(false))).isEmpty();
  }

  @Test
  void a_held_entry_is_released_once() throws IOException {
    Task task = aTask("a", 0);
    backlog.add(task, true);
    assertThat(backlog.release(task.pending(true))).contains(task);
    assertThat(backlog.release(task.pending(true))).isEmpty();
    assertThat(world.waiting(World.NORMAL)).containsExactly(task.pending(false));
  }

  @Test
  void a_release_that_was_cut_off_is_one_entry() throws IOException {
    Task task = aTask("a", 0);
    backlog.add(task, true);
    backlog.add(task, false);
    assertThat(world.waiting(World.NORMAL)).containsExactly(task.pending(false));
    assertThat(backlog.oldest(World.NORMAL, task.pending(false), 10).tasks()).isEmpty();
    backlog.remove(List.of(task.pending()));
    assertThat(world.store.keys()).isEmpty();
  }
}
