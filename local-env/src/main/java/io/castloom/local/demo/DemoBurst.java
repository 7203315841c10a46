package io.castloom.local.demo;

import io.castloom.autoscaler.keep.StoredDecision;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Counterfactual;
import io.castloom.domain.scaling.Explanation;
import io.castloom.local.cli.Api;
import io.castloom.local.cli.Failure;
import io.castloom.local.cli.Spans;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Many recordings at once, and what the autoscaler made of it. */
final class DemoBurst {

  private static final String CLASS = "bulk";

  private final Api api;
  private final ScalerOperations scaler;
  private final Story story;
  private final Duration target;
  private final Instant began = Instant.now();
  private final List<String> jobs = new ArrayList<>();

  /**
   * @param target how long a task of the burst's class may wait
   */
  DemoBurst(Api api, ScalerOperations scaler, Duration target, Story story) {
    this.api = api;
    this.scaler = scaler;
    this.target = target;
    this.story = story;
  }

  /** Uploads them all. */
  void begin(List<Path> pieces) throws Failure, IOException, InterruptedException {
    for (Path piece : pieces) {
      byte[] answer =
          api.send(
                  "PUT",
                  "/v1/uploads/" + piece.getFileName() + "?priority=" + CLASS,
                  BodyPublishers.ofFile(piece),
                  Map.of(),
                  BodyHandlers.ofByteArray())
              .body();
      jobs.add(JsonMapper.shared().readTree(answer).path("job").asString());
    }
    story.line(jobs.size() + " short ones at once, as " + CLASS + ": a burst");
  }

  /** Waits until all are done, and tells how long they waited. */
  void await() throws Failure, IOException, InterruptedException {
    JobBoard quiet = new JobBoard(api, new Story(new PrintWriter(Writer.nullWriter())));
    List<Duration> waits = quiet.await(jobs).stream().map(JobBoard::waited).sorted().toList();
    long inTime = waits.stream().filter(wait -> wait.compareTo(target) <= 0).count();
    story.line(
        String.format(
            Locale.ROOT,
            "the burst is done: %d of %d began within the target of %s, the last after %s",
            inTime,
            waits.size(),
            Spans.of(target),
            Spans.of(waits.getLast())));
  }

  /** Tells which instances came and went, what they cost, and takes one decision apart. */
  void tellDecisions() throws IOException {
    List<StoredDecision> all = new ArrayList<>();
    for (String id : scaler.decisions(began, Instant.now(), 1_000)) {
      scaler.explain(Optional.of(id)).ifPresent(it -> all.add(it.decision()));
    }
    drains(all);
    cost(all);
    Optional<StoredDecision> most =
        all.stream()
            .filter(it -> it.decision().launches() > 0)
            .max(Comparator.comparingInt(it -> it.snapshot().waiting().size()));
    if (most.isPresent()) {
      explain(most.get().decision().id());
    }
  }

  private void drains(List<StoredDecision> all) {
    List<String> instances = new ArrayList<>();
    String why = "";
    for (StoredDecision one : all) {
      for (Action action : one.decision().actions()) {
        if (action instanceof Action.Drain(String instance, String reason)) {
          instances.add(instance);
          why = reason;
        }
      }
    }
    if (!instances.isEmpty()) {
      story.line("drained after their work: " + String.join(", ", instances) + " (" + why + ")");
    }
  }

  private void cost(List<StoredDecision> all) {
    double usd = 0;
    double seconds = 0;
    for (int i = 1; i < all.size(); i++) {
      StoredDecision before = all.get(i - 1);
      double time =
          Duration.between(before.snapshot().at(), all.get(i).snapshot().at()).toMillis() / 1000.0;
      usd += before.decision().forecast().hourlyCostUsd() * time / 3600;
      seconds += before.snapshot().instances().size() * time;
    }
    story.line(
        String.format(
            Locale.ROOT,
            "cost: %.0f s of instances, %.4f USD at the list price, for %d decisions",
            seconds,
            usd,
            all.size()));
  }

  private void explain(String id) throws IOException {
    ScalerOperations.Explained explained = scaler.explain(Optional.of(id)).orElseThrow();
    story.line("decision " + id + ": " + explained.decision().decision().explanation().summary());
    for (Explanation.KindReason kind : explained.decision().decision().explanation().kinds()) {
      for (Explanation.LaneReason lane : kind.lanes()) {
        if (lane.waiting() > 0) {
          story.line(
              String.format(
                  Locale.ROOT,
                  "  %s: %d wait, %s of work, target %s; a boot takes %s",
                  lane.lane(),
                  lane.waiting(),
                  Spans.ofSeconds(lane.workSeconds()),
                  Spans.ofSeconds(lane.targetSeconds()),
                  Spans.ofSeconds(kind.bootMeanSeconds())));
        }
      }
    }
    for (Counterfactual other : explained.counterfactuals()) {
      story.line(
          String.format(
              Locale.ROOT,
              "  with %s: %.1f tasks late, %+.4f USD",
              other.words(),
              other.lateTasks(),
              other.extraCostUsd()));
    }
  }
}
