package io.castloom.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.Racers;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.StandardProfiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link JobStore} keeps of its promises. */
public abstract class JobStoreContract {

  private static final AccountId OTHER = new AccountId("other-account");

  /** An empty store, the same one all through a test. */
  protected abstract JobStore jobs() throws IOException;

  private static Job jobAfter(int minutes, Priority priority) {
    return JobPlanner.plan(
        Samples.anOriginal(Samples.DEMO, minutes + ".wav", Duration.ofMinutes(1)),
        List.of(StandardProfiles.ALL.get("mp3-128"), StandardProfiles.ALL.get("flac")),
        priority,
        null,
        null,
        Job.Policy.DEFAULT,
        Samples.NOW.plus(Duration.ofMinutes(minutes)));
  }

  private static Job aJob() {
    return jobAfter(1, Priority.NORMAL);
  }

  private static List<Task> tasks(Job job) {
    return JobFlow.of(job, Map.of()).ready(Samples.NOW);
  }

  private static TaskRecord record(Task task, TaskState state) {
    return new TaskRecord(task.id(), task.account(), state, 0, List.of(), List.of());
  }

  @Test
  void a_job_is_found_as_it_was_opened_by_its_account_only() throws Exception {
    Job job = aJob();
    assertThat(jobs().find(Samples.DEMO, job.id())).isEmpty();
    assertThat(jobs().open(job)).isEqualTo(job);
    assertThat(jobs().find(Samples.DEMO, job.id())).contains(job);
    assertThat(jobs().find(OTHER, job.id())).isEmpty();
    assertThat(jobs().list(OTHER, Optional.empty(), 10).jobs()).isEmpty();
  }

  @Test
  void of_many_that_open_one_job_all_get_the_same() throws Exception {
    List<Job> opened =
        Racers.race(
            8, i -> () -> jobs().open(jobAfter(1, i % 2 == 0 ? Priority.HIGH : Priority.BULK)));
    assertThat(opened).containsOnly(opened.getFirst());
    assertThat(jobs().list(Samples.DEMO, Optional.empty(), 10).jobs())
        .containsExactly(opened.getFirst());
  }

  @Test
  void jobs_are_listed_newest_first_page_by_page() throws Exception {
    List<Job> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      opened.addFirst(jobs().open(jobAfter(i, Priority.NORMAL)));
    }
    JobStore.Page page = jobs().list(Samples.DEMO, Optional.empty(), 3);
    List<Job> listed = new ArrayList<>(page.jobs());
    while (page.more()) {
      page = jobs().list(Samples.DEMO, Optional.of(listed.getLast().id()), 3);
      listed.addAll(page.jobs());
    }
    assertThat(listed).isEqualTo(opened);
  }

  @Test
  void a_first_record_is_stored_once_and_later_ones_replace_it() throws Exception {
    Job job = jobs().open(aJob());
    Task task = tasks(job).getFirst();
    assertThat(jobs().find(Samples.DEMO, task.id())).isEmpty();
    assertThat(jobs().records(Samples.DEMO, job.id())).isEmpty();
    assertThat(jobs().begin(record(task, TaskState.RUNNING))).isTrue();
    assertThat(jobs().begin(record(task, TaskState.WAITING))).isFalse();
    assertThat(jobs().find(Samples.DEMO, task.id())).contains(record(task, TaskState.RUNNING));
    jobs().record(record(task, TaskState.DONE));
    assertThat(jobs().records(Samples.DEMO, job.id()))
        .containsExactly(Map.entry(task.id(), record(task, TaskState.DONE)));
  }

  @Test
  void a_cancellation_is_remembered() throws Exception {
    Job job = jobs().open(aJob());
    assertThat(jobs().cancelled(Samples.DEMO, job.id())).isFalse();
    jobs().cancel(Samples.DEMO, job.id());
    jobs().cancel(Samples.DEMO, job.id());
    assertThat(jobs().cancelled(Samples.DEMO, job.id())).isTrue();
    assertThat(jobs().cancelled(OTHER, job.id())).isFalse();
  }

  @Test
  void of_many_that_note_an_ending_one_does() throws Exception {
    Job job = jobs().open(aJob());
    List<Boolean> noted =
        Racers.race(
            8,
            i ->
                () ->
                    jobs()
                        .end(
                            Samples.DEMO,
                            job.id(),
                            new JobStore.Ending(JobState.FAILED, Samples.NOW, "racer " + i)));
    assertThat(noted).containsOnlyOnce(true);
    assertThat(jobs().ending(Samples.DEMO, job.id()).orElseThrow().failure())
        .isEqualTo("racer " + noted.indexOf(true));
  }

  @Test
  void a_reopened_job_keeps_only_what_is_done() throws Exception {
    Job job = jobs().open(aJob());
    List<Task> tasks = tasks(job);
    assertThat(tasks).hasSizeGreaterThanOrEqualTo(2);
    jobs().record(record(tasks.get(0), TaskState.DONE));
    jobs().record(record(tasks.get(1), TaskState.DEAD));
    jobs().cancel(Samples.DEMO, job.id());
    JobStore.Ending ending = new JobStore.Ending(JobState.FAILED, Samples.NOW, "why");
    jobs().end(Samples.DEMO, job.id(), ending);
    jobs().reopen(Samples.DEMO, job.id());
    assertThat(jobs().ending(Samples.DEMO, job.id())).isEmpty();
    assertThat(jobs().cancelled(Samples.DEMO, job.id())).isFalse();
    assertThat(jobs().records(Samples.DEMO, job.id())).containsOnlyKeys(tasks.get(0).id());
    assertThat(jobs().end(Samples.DEMO, job.id(), ending)).isTrue();
  }
}
