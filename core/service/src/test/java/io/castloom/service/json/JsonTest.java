package io.castloom.service.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.StandardProfiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JsonTest {

  private static final Instant NOW = Samples.NOW;

  private static Job aJob() {
    return JobPlanner.plan(
        Samples.anOriginal(Samples.DEMO, "Folge 1.wav", Duration.ofMillis(61_500)),
        List.copyOf(StandardProfiles.ALL.values()),
        Priority.HIGH,
        null,
        "ext-1",
        Job.Policy.DEFAULT,
        NOW);
  }

  private static <T> T again(T value, Class<T> type) throws IOException {
    return Json.read(Json.write(value), type);
  }

  @Test
  void a_callback_that_an_older_version_sent_is_read() throws Exception {
    TaskSpec.Callback now =
        new TaskSpec.Callback(
            "https://example.org/hook", JobState.DONE, Instant.parse("2026-11-25T10:00:00Z"), "");
    String text = Json.write(now);
    assertThat(text).contains("\"at\"");
    assertThat(Json.read(text.replace("\"at\"", "\"endedAt\""), TaskSpec.Callback.class))
        .isEqualTo(now);
    assertThat(again(now, TaskSpec.Callback.class)).isEqualTo(now);
  }

  @Test
  void a_conform_that_an_older_version_sent_is_read_and_one_that_is_made_again_says_so()
      throws Exception {
    Conforming plain = Conforming.withFade(Duration.ofMillis(5));
    Job job = aConform(plain);
    Job again = aConform(plain.onceMore());

    assertThat(Json.write(job)).contains("\"conform\":\"PT0.005S\"");
    assertThat(Json.write(task(job))).contains("\"fade\":\"PT0.005S\"");
    assertThat(Json.write(again)).contains("\"conform\":\"PT0.005S again\"");
    for (Job each : List.of(job, again)) {
      assertThat(again(each, Job.class)).isEqualTo(each);
      assertThat(again(task(each), Task.class)).isEqualTo(task(each));
    }
    assertThat(again.id()).isNotEqualTo(job.id());
    assertThatThrownBy(
            () -> Json.read(Json.write(job).replace("PT0.005S", "PT0.005S twice"), Job.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PT0.005S twice");
  }

  private static Job aConform(Conforming how) {
    return JobPlanner.planConform(
        Samples.anOriginal(Samples.DEMO, "ad.wav", Duration.ofSeconds(30)),
        List.of(Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128"))),
        how,
        Priority.BULK,
        "piece",
        NOW);
  }

  private static Task task(Job job) {
    return JobFlow.of(job, Map.of()).ready(NOW).getFirst();
  }

  @Test
  void a_job_and_its_tasks_come_back_as_they_were() throws IOException {
    Job job = aJob();
    assertThat(again(job, Job.class)).isEqualTo(job);
    for (Task task : JobFlow.of(job, Map.of()).ready(NOW)) {
      assertThat(again(task, Task.class)).isEqualTo(task);
    }
  }

  @Test
  void ids_are_strings_and_sealed_values_carry_their_type() {
    Task task = JobFlow.of(aJob(), Map.of()).ready(NOW).getFirst();
    var tree = Json.mapper().readTree(Json.write(task));
    assertThat(tree.at("/id").asString()).isEqualTo(task.id().toString());
    assertThat(tree.at("/account").asString()).isEqualTo("demo");
    assertThat(tree.at("/workClass").asString()).isEqualTo("transcode-high");
    assertThat(tree.at("/spec/type").asString()).isEqualTo("encode");
    assertThat(tree.at("/spec/profile/rate/type").asString()).isEqualTo("bitrate");
    assertThat(tree.at("/spec/profile/codec").asString()).isEqualTo("mp3");
    assertThat(tree.at("/enqueuedAt").asString()).isEqualTo("2026-11-25T08:00:00.123Z");
    assertThat(tree.at("/spec/original/media/duration").asString()).isEqualTo("PT1M1.5S");
    assertThat(tree.at("/spec/profile").has("loudnessLufs")).isFalse();
  }

  @Test
  void every_command_comes_back_as_it_was() throws IOException {
    for (Command command :
        List.of(
            new Command.Drain("scale in", 1800),
            new Command.Pause("look"),
            new Command.Resume(),
            new Command.Status(),
            new Command.CancelTask(JobFlow.of(aJob(), Map.of()).ready(NOW).getFirst().id()),
            new Command.Concurrency(3),
            new Command.LogLevel("io.castloom", null),
            new Command.Reload())) {
      Directive directive = new Directive("d1", command, NOW, Duration.ofMinutes(5));
      assertThat(again(directive, Directive.class)).isEqualTo(directive);
    }
  }

  @Test
  void outcomes_records_and_heartbeats_come_back_as_they_were() throws IOException {
    Task task = JobFlow.of(aJob(), Map.of()).ready(NOW).getFirst();
    TaskOutcome outcome = new TaskOutcome.Retry("no space", Duration.ofSeconds(5), "tail");
    assertThat(again(outcome, TaskOutcome.class)).isEqualTo(outcome);
    assertThat(Json.write(outcome)).contains("\"type\":\"retry\"");
    InstanceId instance = new InstanceId("i-0abc");
    TaskRecord record =
        new TaskRecord(
            task.id(),
            task.account(),
            TaskState.RUNNING,
            1,
            List.of(new Attempt("i-0abc", "lame", NOW, null, null, "", "")),
            List.of(new Product("mp3-128", "pieces/x", 5, "audio/mpeg", Map.of("a", "b"))));
    assertThat(again(record, TaskRecord.class)).isEqualTo(record);
    Heartbeat beat =
        new Heartbeat(
            instance,
            TaskKind.TRANSCODE,
            Heartbeat.Mode.WORKING,
            2,
            NOW,
            NOW,
            "lame",
            List.of(
                new Heartbeat.Running(
                    task.id(), task.workClass(), task.account(), NOW, Duration.ofSeconds(3), 0.5)),
            List.of(
                new Heartbeat.Done(
                    task.id(),
                    task.workClass(),
                    task.account(),
                    NOW,
                    NOW,
                    NOW,
                    Duration.ofSeconds(3),
                    "talk",
                    true)),
            List.of("d1: done"));
    assertThat(again(beat, Heartbeat.class)).isEqualTo(beat);
  }

  @Test
  void unknown_fields_are_passed_over_and_nonsense_is_refused_with_its_place() throws IOException {
    assertThat(Json.read("{\"type\":\"resume\",\"later\":1}", Command.class))
        .isEqualTo(new Command.Resume());
    assertThatThrownBy(() -> Json.codec(Command.class).decode("{\"type\":\"explode\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Command")
        .hasMessageContaining("explode");
    assertThatThrownBy(() -> Json.codec(Command.class).decode("<html>"))
        .isInstanceOf(IOException.class);
  }
}
