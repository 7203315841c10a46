package io.castloom.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class JobStagesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<TaskId, TaskRecord> records = new HashMap<>();

  @Test
  void a_short_recording_is_one_task_and_its_analysis_can_wait() {
    Job job = job(wav(Duration.ofMinutes(3)), profile("mp3-128"));
    List<Task> ready = JobFlow.of(job, records).ready(Samples.NOW);
    assertThat(names(ready)).containsExactly("encode-mp3-128", "analyse");
    assertThat(ready.getFirst().workClass().priority()).isEqualTo(Priority.NORMAL);
    assertThat(ready.getLast().workClass().priority()).isEqualTo(Priority.BULK);
    assertThat(ready).allMatch(Task::sole);
  }

  @Test
  void a_job_is_done_without_its_analysis() {
    Job job = job(wav(Duration.ofMinutes(3)), profile("mp3-128"));
    assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.QUEUED);
    finish(job, "encode-mp3-128");
    assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.DONE);
    assertThat(JobFlow.of(job, records).progress()).isEqualTo(1);
  }

  @Test
  void an_hour_of_wav_is_twelve_segments_and_a_join() {
    Job job = job(wav(HOUR), profile("mp3-128"));
    List<Task> first = JobFlow.of(job, records).ready(Samples.NOW);
    assertThat(names(first)).hasSize(12).contains("segment-mp3-128-011");
    assertThat(first).noneMatch(Task::sole);
    first.forEach(task -> finish(job, task.id().name()));
    List<Task> second = JobFlow.of(job, records).ready(Samples.NOW);
    assertThat(names(second)).containsExactly("join-mp3-128");
    finish(job, "join-mp3-128");
    assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.DONE);
    assertThat(names(JobFlow.of(job, records).ready(Samples.NOW))).containsExactly("analyse");
    assertThat(((TaskSpec.Join) second.getFirst().spec()).segments())
        .hasSize(12)
        .first()
        .isEqualTo("x/segment-mp3-128-000");
  }

  @Test
  void what_cannot_be_cut_exactly_is_unpacked_first() {
    Job job = job(compressed(HOUR), profile("mp3-128"), profile("aac-128"));
    assertThat(names(JobFlow.of(job, records).ready(Samples.NOW)))
        .containsExactlyInAnyOrder("unpack", "encode-aac-128");
    finish(job, "encode-aac-128");
    assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.RUNNING);
    finish(job, "unpack");
    assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.RUNNING);
    assertThat(names(JobFlow.of(job, records).ready(Samples.NOW)))
        .contains("segment-mp3-128-000")
        .doesNotContain("join-mp3-128");
  }

  @Test
  void loudness_is_measured_before_anything_is_encoded_to_it() {
    Job job = job(wav(HOUR), profile("mp3-128").withLoudness(-16), profile("opus-64"));
    assertThat(names(JobFlow.of(job, records).ready(Samples.NOW)))
        .hasSize(13)
        .contains("measure-000", "encode-opus-64")
        .noneMatch(name -> name.startsWith("segment"));
    for (int i = 0; i < 12; i++) {
      finish(job, "measure-0" + (i < 10 ? "0" : "") + i);
    }
    List<Task> analyse = JobFlow.of(job, records).ready(Samples.NOW);
    assertThat(names(analyse)).contains("analyse");
    finish(job, "analyse");
    assertThat(names(JobFlow.of(job, records).ready(Samples.NOW))).contains("segment-mp3-128-011");
  }

  @Test
  void in_whatever_order_tasks_end_the_job_is_done_and_nothing_is_done_twice() {
    for (int seed = 0; seed < 30; seed++) {
      records.clear();
      Random random = new Random(seed);
      Original original = random.nextBoolean() ? wav(HOUR) : compressed(Duration.ofMinutes(20));
      Profile mp3 = profile("mp3-192");
      Job job = job(original, random.nextBoolean() ? mp3.withLoudness(-16) : mp3, profile("flac"));
      Set<String> done = new TreeSet<>();
      while (true) {
        List<Task> ready = new ArrayList<>(JobFlow.of(job, records).ready(Samples.NOW));
        if (ready.isEmpty()) {
          break;
        }
        Collections.shuffle(ready, random);
        String name = ready.getFirst().id().name();
        assertThat(done.add(name)).as(name).isTrue();
        finish(job, name);
      }
      assertThat(JobFlow.of(job, records).state(false)).isEqualTo(JobState.DONE);
      assertThat(JobFlow.of(job, records).products())
          .extracting(Product::name)
          .contains("join-mp3-192", "encode-flac", "analyse")
          .noneMatch(name -> name.startsWith("segment") || name.startsWith("measure"));
    }
  }

  private void finish(Job job, String task) {
    TaskId id = new TaskId(job.id(), task);
    SourceMedia sound =
        task.equals("unpack") ? wav(job.original().media().duration()).media() : null;
    Product product = new Product(task, "x/" + task, 1, "audio/x", Map.of(), sound);
    records.put(
        id, new TaskRecord(id, job.account(), TaskState.DONE, 0, List.of(), List.of(product)));
  }

  private static Job job(Original original, Profile... profiles) {
    return JobPlanner.plan(
        original, List.of(profiles), Priority.NORMAL, null, null, Job.Policy.DEFAULT, Samples.NOW);
  }

  private static Original wav(Duration length) {
    return Samples.anOriginal(Samples.DEMO, "a.wav", length);
  }

  private static Original compressed(Duration length) {
    Original wav = wav(length);
    SourceMedia media =
        new SourceMedia(
            "mp3", "mp2", 0, 44_100, 2, "stereo", length, -1, false, 1, Map.of(), List.of());
    return new Original(wav.account(), wav.sha256(), "a.mp2", media, wav.storedAt());
  }

  private static Profile profile(String name) {
    return Objects.requireNonNull(StandardProfiles.ALL.get(name));
  }

  private static List<String> names(List<Task> tasks) {
    return tasks.stream().map(task -> task.id().name()).toList();
  }
}
