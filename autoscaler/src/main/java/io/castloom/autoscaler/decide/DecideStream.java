package io.castloom.autoscaler.decide;

import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.domain.scaling.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code castloom scaler decide}: reads one snapshot a line and answers one decision a line, with
 * the planner that runs in production.
 *
 * <p>A line is an object. Only {@code at} is required; times are seconds from any origin or ISO
 * instants, durations are seconds. What has been learned is kept from line to line.
 *
 * <pre>
 * {"at": 120, "settings": {"targetWait.normal": "60s", "maxInstances": "50"},
 *  "waiting": [{"id": "t7", "kind": "transcode", "class": "normal", "enqueuedAt": 97.5, "estimate": 240,
 *               "account": "acme", "profile": "mp3-128"}],
 *  "instances": [{"id": "i-1", "kind": "transcode", "type": "default", "market": "on_demand", "state": "running",
 *                 "launchedAt": 0, "readyAt": 104, "slots": 1,
 *                 "running": [{"id": "t3", "class": "normal", "startedAt": 104, "estimate": 200}]}],
 *  "counts": [{"kind": "transcode", "class": "normal", "visible": 1, "inFlight": 1}],
 *  "announcements": [{"kind": "assembly", "class": "normal", "at": 7200, "tasks": 100, "estimate": 90, "certainty": 1}],
 *  "started": [...], "finished": [...], "failedLaunches": [...], "epoch": 1}
 * </pre>
 *
 * <p>{@code settings} are those of {@code castloom scaler set}; they hold from their line on.
 * Without {@code started} and {@code finished} these are told by comparing with the line before.
 * Kind and class default to transcode and normal. An answer holds {@code id}, {@code at}, {@code
 * actions} (launch, drain, give-up-boot), {@code summary}, {@code explanation} and {@code
 * forecast}; a line that cannot be read is answered by {@code {"line": n, "error": "..."}} and
 * changes nothing.
 */
public final class DecideStream {
  private final JsonMapper json = JsonMapper.builder().build();
  private final ScalingPlanner planner = new ScalingPlanner();
  private final SnapshotReader reader = new SnapshotReader();
  private ScalingSettings settings;
  private PlannerMemory memory = PlannerMemory.EMPTY;

  /** A planner with these settings until a line changes them. */
  public DecideStream(ScalingSettings settings) {
    this.settings = settings;
  }

  /** The defaults, for one type of machine at a dollar an hour and a budget that hardly binds. */
  public static ScalingSettings defaults() {
    return ScalingSettings.defaults(new InstanceType("default", 1, 1, 1, 1), 1000);
  }

  /**
   * Answers every line of a stream.
   *
   * @param in UTF-8, one snapshot a line; empty lines are skipped
   * @param out one answer a line, flushed at once
   * @return 0 when every line was understood, else 1
   * @throws IOException if the stream cannot be read
   */
  public int run(InputStream in, PrintStream out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 0;
    int refused = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        out.println(json.writeValueAsString(answer(json.readTree(line))));
      } catch (JacksonException e) {
        refused++;
        out.println(json.writeValueAsString(error(number, "no JSON: " + e.getOriginalMessage())));
      } catch (IllegalArgumentException e) {
        refused++;
        out.println(json.writeValueAsString(error(number, String.valueOf(e.getMessage()))));
      }
      out.flush();
    }
    return refused == 0 ? 0 : 1;
  }

  private ObjectNode error(int line, String message) {
    ObjectNode error = json.createObjectNode();
    error.put("line", line);
    error.put("error", message);
    return error;
  }

  private ObjectNode answer(JsonNode line) {
    ScalingSettings next = settings;
    if (line.path("settings").isObject()) {
      Map<String, String> changes = new LinkedHashMap<>();
      line.path("settings")
          .properties()
          .forEach(e -> changes.put(e.getKey(), e.getValue().asString()));
      next = SettingKeys.with(settings, changes);
    }
    Snapshot snapshot = reader.read(line, memory);
    Decision decision = planner.decide(snapshot, next);
    settings = next;
    memory = decision.memory();
    ObjectNode answer = json.createObjectNode();
    answer.put("id", decision.id());
    answer.set("at", line.path("at"));
    ArrayNode actions = answer.putArray("actions");
    for (Action action : decision.actions()) {
      write(actions.addObject(), action);
    }
    answer.put("summary", decision.explanation().summary());
    answer.set("explanation", json.valueToTree(decision.explanation()));
    answer.set("forecast", json.valueToTree(decision.forecast()));
    return answer;
  }

  private static void write(ObjectNode node, Action action) {
    switch (action) {
      case Action.Launch launch -> {
        node.put("action", "launch");
        node.put("token", launch.token());
        node.put("kind", Words.of(launch.kind()));
        node.put("type", launch.type());
        node.put("market", Words.of(launch.market()));
        node.put("onDemandFallback", launch.onDemandFallback());
      }
      case Action.Drain drain -> {
        node.put("action", "drain");
        node.put("instance", drain.instanceId());
      }
      case Action.GiveUpBoot givenUp -> {
        node.put("action", "give-up-boot");
        node.put("instance", givenUp.instanceId());
      }
    }
    node.put("reason", action.reason());
  }
}
