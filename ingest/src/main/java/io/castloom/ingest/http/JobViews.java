package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.Profile;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.WhyWaiting;
import io.castloom.service.originals.OriginalNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. */
public final class JobViews {
  private final JobStore jobs;
  private final WhyWaiting why;
  private final FleetView fleet;
  private final OriginalNames names;

  /**
   * @param names under which originals came again
   */
  public JobViews(JobStore jobs, WhyWaiting why, FleetView fleet, OriginalNames names) {
    this.jobs = jobs;
    this.why = why;
    this.fleet = fleet;
    this.names = names;
  }

  JobStore jobs() {
    return jobs;
  }

  /** A job with everything that is known of it; empty when the account has no such job. */
  Optional<Map<String, Object>> full(AccountId account, JobId id) throws IOException {
    Optional<Job> found = jobs.find(account, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Look look = look(found.get());
    Map<String, Object> view = head(look, names.of(account, look.job.original().sha256()));
    if (!look.state.ended()) {
      wait(view, why.of(look.job, look.flow));
    }
    view.put("tasks", tasks(look));
    view.put("renditions", renditions(look));
    view.put("notes", look.job.original().media().notes());
    return Optional.of(view);
  }

  /** An account's jobs in a list: without their tasks. */
  List<Map<String, Object>> brief(AccountId account, List<Job> some) throws IOException {
    Map<String, List<String>> also = some.isEmpty() ? Map.of() : names.all(account);
    List<Map<String, Object>> views = new ArrayList<>();
    for (Job job : some) {
      views.add(head(look(job), also.getOrDefault(job.original().sha256().hex(), List.of())));
    }
    return views;
  }

  /** Why it waits, in words and figures; empty when the account has no such job. */
  Optional<Map<String, Object>> why(AccountId account, JobId id) throws IOException {
    Optional<Job> found = jobs.find(account, id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Look look = look(found.get());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id.value());
    view.put("state", look.state.slug());
    if (look.state.ended()) {
      view.put("why", look.failure.isEmpty() ? "the job is " + look.state.slug() : look.failure);
    } else {
      wait(view, why.of(look.job, look.flow));
    }
    return Optional.of(view);
  }

  private record Look(
      Job job, JobFlow flow, JobState state, JobStore.@Nullable Ending ending, String failure) {}

  private Look look(Job job) throws IOException {
    Optional<JobStore.Ending> ending = jobs.ending(job.account(), job.id());
    JobFlow flow = JobFlow.of(job, jobs.records(job.account(), job.id()));
    if (ending.isPresent()) {
      JobStore.Ending end = ending.get();
      return new Look(job, flow, end.state(), end, end.failure());
    }
    JobState state = flow.state(jobs.cancelled(job.account(), job.id()));
    return new Look(job, flow, state, null, Endings.failure(flow, state));
  }

  private Map<String, Object> head(Look look, List<String> otherNames) throws IOException {
    Job job = look.job;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id().value());
    view.put("account", job.account().value());
    if (job.externalId() != null) {
      view.put("externalId", job.externalId());
    }
    view.put("state", look.state.slug());
    view.put("stage", stage(look));
    view.put("progress", progress(look));
    view.put("filename", job.original().filename());
    if (!otherNames.isEmpty()) {
      view.put("otherNames", otherNames);
    }
    view.put("original", job.original().sha256().hex());
    view.put("seconds", seconds(job.original().media().duration()));
    view.put("priority", job.priority().slug());
    if (job.deadline() != null) {
      view.put("deadline", job.deadline());
    }
    view.put("profiles", job.profiles().stream().map(Profile::name).toList());
    view.put("createdAt", job.createdAt());
    if (look.ending != null) {
      view.put("endedAt", look.ending.at());
    }
    if (!look.failure.isEmpty()) {
      view.put("failure", look.failure);
    }
    return view;
  }

  /** What is done, and of the tasks at work what their instances last told. */
  private double progress(Look look) throws IOException {
    double progress = look.flow.progress();
    if (look.state == JobState.RUNNING) {
      progress = Math.max(progress, Running.of(fleet.status()).progress(look.flow));
    }
    return Math.round(progress * 1000) / 1000.0;
  }

  private static void wait(Map<String, Object> view, WhyWaiting.Answer answer) {
    view.put("waitedSeconds", seconds(answer.waited()));
    if (answer.expectedStart() != null) {
      view.put("expectedStart", answer.expectedStart());
    }
    if (answer.expectedEnd() != null) {
      view.put("expectedEnd", answer.expectedEnd());
    }
    view.put("ownAhead", answer.ownAhead());
    view.put("othersAhead", answer.othersAhead());
    view.put("booting", answer.booting());
    if (answer.limit() != null) {
      view.put("accountRunning", answer.limit().running());
      view.put("accountLimit", answer.limit().limit());
    }
    view.put("why", answer.sentence());
  }

  /** What it is at: the kind of its first task that runs, else of the first that is not done. */
  private static String stage(Look look) {
    if (look.state.ended()) {
      return look.state.slug();
    }
    String first = "";
    for (JobFlow.Plan plan : look.flow.plans()) {
      TaskRecord record = look.flow.records().get(plan.id());
      if (record != null && record.state() == TaskState.RUNNING) {
        return kind(plan);
      }
      if (first.isEmpty() && (record == null || !record.state().ended())) {
        first = kind(plan);
      }
    }
    return look.state == JobState.QUEUED ? "queued" : first;
  }

  private static List<Map<String, Object>> tasks(Look look) {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (JobFlow.Plan plan : look.flow.plans()) {
      TaskRecord record = look.flow.records().get(plan.id());
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("name", plan.id().name());
      view.put("kind", kind(plan));
      view.put("state", taskState(look, plan, record));
      view.put("estimateSeconds", seconds(plan.estimate()));
      view.put("failures", record == null ? 0 : record.failures());
      view.put("attempts", record == null ? List.of() : record.attempts());
      tasks.add(view);
    }
    return tasks;
  }

  /**
   * A task's state as its owner understands it. What had not ended when its job was cancelled is
   * cancelled with it, recorded or not: it will not be begun, and who runs it is told to stop. What
   * builds upon a task that failed is skipped.
   */
  private static String taskState(Look look, JobFlow.Plan plan, @Nullable TaskRecord record) {
    if (look.state == JobState.CANCELLED && (record == null || !record.state().ended())) {
      return word(TaskState.CANCELLED);
    }
    if (record != null) {
      return word(record.state());
    }
    boolean reachable =
        plan.after().stream()
            .map(look.flow.records()::get)
            .allMatch(before -> before != null && before.state() == TaskState.DONE);
    boolean broken = look.state == JobState.FAILED || look.state == JobState.REJECTED;
    return broken && !reachable ? "skipped" : "queued";
  }

  private static List<Map<String, Object>> renditions(Look look) {
    List<Map<String, Object>> renditions = new ArrayList<>();
    for (Profile profile : look.job.profiles()) {
      for (Product product : look.flow.products()) {
        if (product.name().equals(profile.name())) {
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("profile", profile.name());
          view.put("mediaType", product.mediaType());
          view.put("sizeBytes", product.sizeBytes());
          view.put("facts", product.facts());
          view.put("url", "/v1/renditions/" + look.job.original().sha256() + "/" + profile.key());
          renditions.add(view);
        }
      }
    }
    return renditions;
  }

  private static String kind(JobFlow.Plan plan) {
    return word(plan.spec().getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-"));
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
