package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.StandardProfiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StoredJobsTest {

  private final World world = new World();
  private final StoredJobs jobs = world.jobs;

  private static Job jobAfter(int minutes) {
    return JobPlanner.plan(
        Samples.anOriginal(Samples.DEMO, minutes + ".wav", Duration.ofMinutes(1)),
        List.of(StandardProfiles.ALL.get("mp3-128")),
        Priority.NORMAL,
        null,
        null,
        Job.Policy.DEFAULT,
        Samples.NOW.plus(Duration.ofMinutes(minutes)));
  }

  @Test
  void the_same_job_opened_again_is_the_earlier_one() throws IOException {
    Job first = jobs.open(jobAfter(1));
    Job again =
        JobPlanner.plan(
            first.original(),
            first.profiles(),
            Priority.HIGH,
            null,
            null,
            Job.Policy.DEFAULT,
            Samples.NOW.plusSeconds(999));
    assertThat(jobs.open(again)).isEqualTo(first);
    assertThat(jobs.list(Samples.DEMO, Optional.empty(), 10).jobs()).containsExactly(first);
  }

  @Test
  void jobs_are_listed_newest_first_page_by_page() throws IOException {
    List<Job> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      opened.addFirst(jobs.open(jobAfter(i)));
    }
    List<Job> listed = new ArrayList<>();
    JobStore.Page page = jobs.list(Samples.DEMO, Optional.empty(), 3);
    listed.addAll(page.jobs());
    while (page.more()) {
      page = jobs.list(Samples.DEMO, Optional.of(page.jobs().getLast().id()), 3);
      listed.addAll(page.jobs());
    }
    assertThat(listed).isEqualTo(opened);
  }

  @Test
  void a_first_record_is_stored_once_and_later_ones_replace_it() throws IOException {
    Job job = jobs.open(jobAfter(1));
    Task task = JobFlow.of(job, Map.of()).ready(Samples.NOW).getFirst();
    assertThat(jobs.begin(World.record(task, TaskState.RUNNING))).isTrue();
    assertThat(jobs.begin(World.record(task, TaskState.DONE))).isFalse();
    assertThat(jobs.find(Samples.DEMO, task.id()).orElseThrow().state())
        .isEqualTo(TaskState.RUNNING);
    jobs.record(World.record(task, TaskState.DONE));
    assertThat(jobs.records(Samples.DEMO, job.id()))
        .containsExactly(Map.entry(task.id(), World.record(task, TaskState.DONE)));
  }

  @Test
  void an_ending_is_noted_once_and_a_reopened_job_keeps_only_what_is_done() throws IOException {
    Job job = jobs.open(Samples.aJob(Samples.DEMO, "x.wav", Priority.HIGH, "mp3-128", "flac"));
    List<Task> tasks = JobFlow.of(job, Map.of()).ready(Samples.NOW);
    jobs.record(World.record(tasks.get(0), TaskState.DONE));
    jobs.record(World.record(tasks.get(1), TaskState.DEAD));
    jobs.cancel(Samples.DEMO, job.id());
    JobStore.Ending ending = new JobStore.Ending(JobState.FAILED, Samples.NOW, "why");
    assertThat(jobs.end(Samples.DEMO, job.id(), ending)).isTrue();
    assertThat(jobs.end(Samples.DEMO, job.id(), ending)).isFalse();
    assertThat(jobs.ending(Samples.DEMO, job.id())).contains(ending);
    jobs.reopen(Samples.DEMO, job.id());
    assertThat(jobs.ending(Samples.DEMO, job.id())).isEmpty();
    assertThat(jobs.cancelled(Samples.DEMO, job.id())).isFalse();
    assertThat(jobs.records(Samples.DEMO, job.id())).containsOnlyKeys(tasks.get(0).id());
  }
}
