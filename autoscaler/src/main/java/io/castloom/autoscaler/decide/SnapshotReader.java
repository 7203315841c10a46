package io.castloom.autoscaler.decide;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.QueueCounts;
import io.castloom.domain.scaling.RunningTask;
import io.castloom.domain.scaling.Signal;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.scaling.WaitingTask;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one line of the protocol; remembers the line before, to tell what started and finished in
 * between.
 */
final class SnapshotReader {
  private final Difference difference = new Difference();
  private final Map<String, Instant> firstRunning = new HashMap<>();

  Snapshot read(JsonNode line, PlannerMemory memory) {
    Instant at = time(line, "at");
    if (at == null) {
      throw new IllegalArgumentException("a snapshot needs 'at', in seconds or as an ISO instant");
    }
    List<WaitingTask> waiting = new ArrayList<>();
    for (JsonNode one : line.path("waiting")) {
      waiting.add(waiting(one, at));
    }
    List<InstanceView> instances = new ArrayList<>();
    for (JsonNode one : line.path("instances")) {
      instances.add(instance(one, at));
    }
    List<QueueCounts> counts = new ArrayList<>();
    for (JsonNode one : line.path("counts")) {
      counts.add(
          new QueueCounts(
              lane(one),
              one.path("visible").asLong(0),
              one.path("inFlight").asLong(0),
              or(time(one, "readAt"), at)));
    }
    List<Announcement> announcements = new ArrayList<>();
    for (JsonNode one : line.path("announcements")) {
      announcements.add(
          new Announcement(
              lane(one),
              or(time(one, "at"), at),
              one.path("tasks").asInt(1),
              or(seconds(one, "estimate"), Duration.ofMinutes(3)),
              one.path("certainty").asDouble(1)));
    }
    Observations told = observations(line, at);
    Observations observed =
        difference.since(at, waiting, instances, told, line.has("started"), line.has("finished"));
    boolean indexRead = !line.path("indexReadAt").isNull();
    Signal signal =
        new Signal(
            indexRead ? or(time(line, "indexReadAt"), at) : null,
            or(time(line, "heartbeatsReadAt"), at),
            or(time(line, "fleetReadAt"), at),
            line.path("indexComplete").asBoolean(true));
    return new Snapshot(
        at,
        line.path("epoch").asLong(1),
        signal,
        waiting,
        counts,
        instances,
        announcements,
        observed,
        memory);
  }

  private static WaitingTask waiting(JsonNode one, Instant at) {
    return new WaitingTask(
        text(one, "id", null),
        lane(one),
        text(one, "account", ""),
        text(one, "profile", ""),
        or(time(one, "enqueuedAt"), at),
        seconds(one, "estimate"));
  }

  private InstanceView instance(JsonNode one, Instant at) {
    String id = text(one, "id", null);
    InstanceState state =
        Words.read(InstanceState.class, text(one, "state", "running"), "state of " + id);
    List<RunningTask> running = new ArrayList<>();
    for (JsonNode task : one.path("running")) {
      running.add(
          new RunningTask(
              text(task, "id", null),
              Words.read(WorkClass.class, text(task, "class", "normal"), "class"),
              text(task, "profile", ""),
              or(time(task, "startedAt"), at),
              seconds(task, "estimate")));
    }
    Instant launched = or(time(one, "launchedAt"), at);
    Instant ready = time(one, "readyAt");
    if (state == InstanceState.PENDING) {
      ready = null;
    } else if (ready == null) {
      ready = firstRunning.computeIfAbsent(id, _ -> at);
    }
    int slots = Math.max(one.path("slots").asInt(1), Math.max(1, running.size()));
    return new InstanceView(
        id,
        Words.read(WorkKind.class, text(one, "kind", "transcode"), "kind"),
        text(one, "type", "default"),
        Words.read(Market.class, text(one, "market", "on_demand"), "market"),
        state,
        launched,
        ready,
        time(one, "heartbeatAt"),
        time(one, "idleSince"),
        slots,
        running);
  }

  private static Observations observations(JsonNode line, Instant at) {
    List<Observations.Started> started = new ArrayList<>();
    for (JsonNode one : line.path("started")) {
      Instant when = or(time(one, "startedAt"), at);
      started.add(new Observations.Started(lane(one), or(time(one, "enqueuedAt"), when), when));
    }
    List<Observations.Finished> finished = new ArrayList<>();
    for (JsonNode one : line.path("finished")) {
      Duration service = seconds(one, "service");
      if (service == null) {
        throw new IllegalArgumentException("a finished task needs 'service' in seconds");
      }
      finished.add(
          new Observations.Finished(
              lane(one), text(one, "profile", ""), service, seconds(one, "estimate")));
    }
    List<Observations.FailedLaunch> failed = new ArrayList<>();
    for (JsonNode one : line.path("failedLaunches")) {
      failed.add(
          new Observations.FailedLaunch(
              Words.read(WorkKind.class, text(one, "kind", "transcode"), "kind"),
              text(one, "type", "default"),
              Words.read(Market.class, text(one, "market", "on_demand"), "market"),
              text(one, "reason", "unknown")));
    }
    return new Observations(started, finished, failed);
  }

  private static Lane lane(JsonNode one) {
    return new Lane(
        Words.read(WorkKind.class, text(one, "kind", "transcode"), "kind"),
        Words.read(WorkClass.class, text(one, "class", "normal"), "class"));
  }

  private static String text(JsonNode node, String field, @Nullable String otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (otherwise == null) {
        throw new IllegalArgumentException("'" + field + "' is missing in " + node);
      }
      return otherwise;
    }
    return value.asString();
  }

  private static @Nullable Instant time(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isNumber()) {
      return Instant.ofEpochMilli(Math.round(value.asDouble() * 1000));
    }
    try {
      return Instant.parse(value.asString());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + field + "' is seconds or an ISO instant, not " + value, e);
    }
  }

  private static @Nullable Duration seconds(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || value.asDouble() < 0) {
      throw new IllegalArgumentException("'" + field + "' is seconds, 0 or more, not " + value);
    }
    return Duration.ofMillis(Math.round(value.asDouble() * 1000));
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
