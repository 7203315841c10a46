package io.castloom.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.Racers;
import io.castloom.domain.account.AccountId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Backlog} keeps of its promises. */
public abstract class BacklogContract {

  private static final WorkClass NORMAL = new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL);
  private static final WorkClass HIGH = new WorkClass(TaskKind.TRANSCODE, Priority.HIGH);

  /** An empty backlog, the same one all through a test. */
  protected abstract Backlog backlog() throws IOException;

  private static Task aTask(String name, int second, Priority priority) {
    Job job = Samples.aJob(new AccountId("demo-1"), name, priority, "mp3-128");
    return JobFlow.of(job, Map.of()).ready(Samples.NOW.plusSeconds(second)).getFirst();
  }

  private static Task aTask(String name, int second) {
    return aTask(name, second, Priority.NORMAL);
  }

  private List<PendingTask> waiting(WorkClass workClass) throws IOException {
    return backlog().oldest(workClass, null, 1_000).tasks();
  }

  @Test
  void what_waits_longest_comes_first_page_by_page() throws Exception {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      tasks.add(aTask("t" + i, i));
    }
    for (Task task : tasks.reversed()) {
      backlog().add(task, false);
    }
    List<PendingTask> read = new ArrayList<>();
    Backlog.Page page = backlog().oldest(NORMAL, null, 3);
    read.addAll(page.tasks());
    while (page.more()) {
      page = backlog().oldest(NORMAL, page.tasks().getLast(), 3);
      read.addAll(page.tasks());
    }
    assertThat(read).isEqualTo(tasks.stream().map(Task::pending).toList());
  }

  @Test
  void each_class_has_its_own_part() throws Exception {
    Task urgent = aTask("urgent", 5, Priority.HIGH);
    Task normal = aTask("normal", 1);
    backlog().add(urgent, false);
    backlog().add(normal, true);
    assertThat(waiting(HIGH)).containsExactly(urgent.pending());
    assertThat(waiting(NORMAL)).containsExactly(normal.pending(true));
    assertThat(waiting(new WorkClass(TaskKind.ASSEMBLY, Priority.HIGH))).isEmpty();
  }

  @Test
  void an_entry_holds_its_message_whole() throws Exception {
    Task task = aTask("a", 0);
    backlog().add(task, false);
    assertThat(backlog().message(task.pending())).contains(task);
    assertThat(backlog().message(aTask("never", 0).pending())).isEmpty();
  }

  @Test
  void adding_and_removing_twice_is_doing_it_once() throws Exception {
    Task task = aTask("a", 0);
    backlog().add(task, false);
    backlog().add(task, false);
    assertThat(waiting(NORMAL)).containsExactly(task.pending());
    backlog().remove(List.of(task.pending(), aTask("never", 0).pending()));
    backlog().remove(List.of(task.pending()));
    backlog().remove(List.of());
    assertThat(waiting(NORMAL)).isEmpty();
    assertThat(backlog().message(task.pending())).isEmpty();
  }

  @Test
  void a_held_entry_is_removed_without_knowing_that_it_is_held() throws Exception {
    Task task = aTask("a", 0);
    backlog().add(task, true);
    backlog().remove(List.of(task.pending(false)));
    assertThat(waiting(NORMAL)).isEmpty();
  }

  @Test
  void a_held_entry_is_released_with_its_message_and_keeps_its_time() throws Exception {
    Task task = aTask("a", 0);
    backlog().add(task, true);
    assertThat(backlog().release(task.pending(true))).contains(task);
    assertThat(waiting(NORMAL)).containsExactly(task.pending(false));
    assertThat(backlog().release(task.pending(true))).isEmpty();
  }

  @Test
  void racers_leave_one_released_entry() throws Exception {
    Task task = aTask("a", 0);
    backlog().add(task, true);
    List<Optional<Task>> answers = Racers.race(8, i -> () -> backlog().release(task.pending(true)));
    assertThat(answers).anyMatch(Optional::isPresent);
    assertThat(waiting(NORMAL)).containsExactly(task.pending(false));
  }
}
