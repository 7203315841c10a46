package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.QueueReading;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.Forecast;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Pause;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.WorkQueues;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The autoscaler's figures, by the names of docs/metrics.md. */
final class ScalerMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ScalerMetrics.class);

  /** In place of a market, for what was not launched here. */
  private static final String GUEST = "guest";

  private final Figures figures;
  private @Nullable Instant countedAt;

  ScalerMetrics(MeterRegistry registry) {
    this.figures = new Figures(registry);
  }

  void decided(
      Decision decision,
      Snapshot snapshot,
      ScalingSettings settings,
      QueueReading queues,
      Instant now) {
    for (Action action : decision.actions()) {
      String name =
          switch (action) {
            case Action.Launch _ -> "launch";
            case Action.Drain _ -> "drain";
            case Action.GiveUpBoot _ -> "give-up";
          };
      figures.add("castloom.autoscaler.decisions", 1, "action", name, "reason", name);
      if (action instanceof Action.GiveUpBoot) {
        figures.add("castloom.instance.boot.failures", 1);
      }
    }
    if (decision.actions().isEmpty()) {
      figures.add("castloom.autoscaler.decisions", 1, "action", "hold", "reason", "hold");
    }
    figures.add("castloom.instance.boot.failures", snapshot.observations().failedLaunches().size());
    for (Forecast.LaneForecast lane : decision.forecast().lanes()) {
      figures.set(
          "castloom.autoscaler.predicted.wait.seconds",
          lane.p95WaitSeconds(),
          "class",
          lane.lane().toString());
    }
    for (WorkClass workClass : WorkClass.all()) {
      figures.set(
          "castloom.autoscaler.target.wait.seconds",
          settings
              .target(io.castloom.autoscaler.picture.Translation.lane(workClass).workClass())
              .toSeconds(),
          "class",
          workClass.slug());
    }
    figures.set("castloom.autoscaler.max.instances", settings.limits().maxInstances());
    figures.set("castloom.autoscaler.hourly.budget.usd", settings.limits().hourlyBudgetUsd());
    figures.set("castloom.autoscaler.last.success.timestamp.seconds", now.getEpochSecond());
    queues(queues, now);
  }

  private void queues(QueueReading queues, Instant now) {
    Map<WorkClass, long[]> tasks = new HashMap<>();
    for (PendingTask task : queues.pending()) {
      tasks.computeIfAbsent(task.workClass(), _ -> new long[2])[task.held() ? 1 : 0]++;
    }
    Map<WorkClass, FleetStatus.Waiting> waiting = queues.byClass(now);
    for (WorkClass workClass : WorkClass.all()) {
      String slug = workClass.slug();
      Duration oldest = waiting.getOrDefault(workClass, FleetStatus.Waiting.NOTHING).oldestWait();
      figures.set("castloom.queue.oldest.wait.seconds", oldest.toMillis() / 1000.0, "class", slug);
      long[] split = tasks.getOrDefault(workClass, new long[2]);
      figures.set("castloom.backlog.tasks", split[0], "class", slug, "held", "false");
      figures.set("castloom.backlog.tasks", split[1], "class", slug, "held", "true");
      var counts = queues.counts().get(workClass);
      if (counts != null) {
        figures.set("castloom.queue.messages", counts.visible(), "class", slug, "state", "visible");
        figures.set(
            "castloom.queue.messages", counts.inFlight(), "class", slug, "state", "in-flight");
        figures.set("castloom.queue.messages", counts.delayed(), "class", slug, "state", "delayed");
      }
    }
  }

  /** Every state and market has its figure, so that one that became empty reads 0. */
  void fleet(FleetStatus status) {
    Map<String, Integer> numbers = new HashMap<>();
    for (FleetStatus.Member member : status.members()) {
      String market = member.market() == null ? GUEST : word(member.market());
      numbers.merge(state(member.state()) + "|" + market, 1, Integer::sum);
    }
    List<String> markets = new ArrayList<>(List.of(GUEST));
    for (io.castloom.domain.fleet.Market market : io.castloom.domain.fleet.Market.values()) {
      markets.add(word(market));
    }
    for (String state : List.of("pending", "running", "draining")) {
      for (String market : markets) {
        figures.set(
            "castloom.instances",
            numbers.getOrDefault(state + "|" + market, 0),
            "state",
            state,
            "market",
            market);
      }
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String state(FleetStatus.State state) {
    return switch (state) {
      case BOOTING -> "pending";
      case WORKING, PAUSED, LOST -> "running";
      case DRAINING, QUARANTINED, STOPPING -> "draining";
    };
  }

  /** Adds the time since the last call. */
  void cost(double usd, List<InstanceView> instances, List<Heartbeat.Done> done, Instant now) {
    double seconds = countedAt == null ? 0 : Duration.between(countedAt, now).toMillis() / 1000.0;
    countedAt = now;
    for (InstanceView instance : instances) {
      if (instance.guest()) {
        continue;
      }
      figures.add("castloom.instance.seconds", seconds, "state", name(instance.state()));
    }
    Map<String, Double> work = new HashMap<>();
    for (Heartbeat.Done task : done) {
      work.merge(
          task.workClass().slug(),
          Duration.between(task.startedAt(), task.endedAt()).toMillis() / 1000.0,
          Double::sum);
    }
    double all = work.values().stream().mapToDouble(Double::doubleValue).sum();
    if (all == 0) {
      figures.add("castloom.cost.usd", usd, "class", "idle");
    } else {
      work.forEach(
          (slug, part) -> figures.add("castloom.cost.usd", usd * part / all, "class", slug));
    }
  }

  private static String name(InstanceState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  void booted(Duration boot) {
    figures.time("castloom.instance.boot", boot);
  }

  /** A document that could not be read is about to be written anew. */
  void spoilt(String document) {
    figures.add("castloom.documents.spoilt", 1, "document", document);
  }

  /** How far the worst clock of an instance is off. */
  void clocks(Duration greatest) {
    figures.set("castloom.clock.skew.seconds", greatest.toMillis() / 1000.0);
  }

  void orphans(Janitor.Found found) {
    figures.set("castloom.orphans", found.instances(), "kind", "instance");
    figures.set("castloom.orphans", found.controlQueues(), "kind", "control-queue");
  }

  void deadLetters(WorkQueues queues) {
    for (TaskKind kind : TaskKind.values()) {
      try {
        figures.set(
            "castloom.dead.letters", queues.anyOf(kind).deadLetters().count(), "kind", kind.slug());
      } catch (IOException e) {
        LOG.warn("dead letters of {} cannot be counted: {}", kind.slug(), e.toString());
      }
    }
  }

  /** Which ways are paused, in words. */
  static List<String> paused(ScalingSettings settings, Instant now) {
    Pause pause = settings.pause();
    List<String> paused = new ArrayList<>();
    if (pause.inUntil() != null && now.isBefore(pause.inUntil())) {
      paused.add("in");
    }
    if (pause.outUntil() != null && now.isBefore(pause.outUntil())) {
      paused.add("out");
    }
    return paused;
  }

  /** The market's word, as in the labels. */
  static String word(Market market) {
    return word((Enum<?>) market);
  }
}
