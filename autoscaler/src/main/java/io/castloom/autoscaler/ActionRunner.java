package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what was decided, as long as this process certainly leads. Launches of one sort go together
 * under the first one's token, which names the decision: asked again, the fleet launches nothing.
 */
final class ActionRunner {

  /** How long a drained instance has to finish, before it hands its tasks back. */
  static final Duration DRAIN_DEADLINE = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
  private static final Duration DRAIN_SLACK = Duration.ofMinutes(2);
  private static final Duration DIRECTIVE_VALID = Duration.ofMinutes(10);
  private static final int MAX_LAUNCH = 100;

  private final Fleet fleet;
  private final ControlChannel control;
  private final FleetBook book;
  private final InstantSource clock;
  private final BooleanSupplier leads;

  private record Sort(io.castloom.domain.scaling.WorkKind kind, String type, Market market) {}

  ActionRunner(
      Fleet fleet,
      ControlChannel control,
      FleetBook book,
      InstantSource clock,
      BooleanSupplier leads) {
    this.fleet = fleet;
    this.control = control;
    this.book = book;
    this.clock = clock;
    this.leads = leads;
  }

  /**
   * Does them in order; what fails is told, and the next tick decides anew.
   *
   * @param mayGiveUp whether heartbeats were listened to for long enough to know who is silent
   * @return a line for each
   */
  List<String> carryOut(List<Action> actions, boolean mayGiveUp) {
    List<String> outcomes = new ArrayList<>();
    Map<Sort, List<Action.Launch>> launches = new LinkedHashMap<>();
    for (Action action : actions) {
      switch (action) {
        case Action.Launch launch ->
            launches
                .computeIfAbsent(
                    new Sort(launch.kind(), launch.type(), launch.market()), _ -> new ArrayList<>())
                .add(launch);
        case Action.Drain(String id, String reason) ->
            outcomes.add(drain(new InstanceId(id), reason));
        case Action.GiveUpBoot giveUp ->
            outcomes.add(
                mayGiveUp
                    ? giveUp(new InstanceId(giveUp.instanceId()), giveUp.reason())
                    : giveUp.instanceId() + " is not given up before all were heard");
      }
    }
    launches.forEach((sort, all) -> outcomes.add(launch(sort, all)));
    return outcomes;
  }

  private String launch(Sort sort, List<Action.Launch> launches) {
    if (!leads.getAsBoolean()) {
      return "not launched: the leadership is in doubt";
    }
    int count = Math.min(MAX_LAUNCH, launches.size());
    LaunchRequest request =
        new LaunchRequest(
            launches.getFirst().token(),
            Translation.kind(sort.kind()),
            count,
            List.of(sort.type()),
            sort.market() == Market.SPOT ? 1 : 0);
    try {
      switch (fleet.launch(request)) {
        case LaunchOutcome.Launched launched -> {
          book.launched(launched.instances(), clock.instant());
          LOG.info(
              "launched {} of {} {} for {}: {}",
              launched.instances().size(),
              count,
              sort.type(),
              sort.kind(),
              launches.getFirst().reason());
          failed(
              sort, count - launched.instances().size(), String.join("; ", launched.shortfalls()));
          return "launched " + launched.instances().stream().map(it -> it.id().value()).toList();
        }
        case LaunchOutcome.Refused(String reason) -> {
          LOG.warn("launch of {} {} refused: {}", count, sort.type(), reason);
          failed(sort, count, reason);
          return "refused: " + reason;
        }
      }
    } catch (IOException e) {
      LOG.warn("launch of {} {} is in doubt: {}", count, sort.type(), e.toString());
      return "in doubt: " + e.getMessage();
    }
  }

  private void failed(Sort sort, int count, String reason) {
    for (int i = 0; i < count; i++) {
      book.launchFailed(
          new Observations.FailedLaunch(sort.kind(), sort.type(), sort.market(), reason));
    }
  }

  /** Tells an instance to finish and end. */
  String drain(InstanceId id, String reason) {
    if (!leads.getAsBoolean()) {
      return "not drained: the leadership is in doubt";
    }
    Instant now = clock.instant();
    Directive directive =
        new Directive(
            "drain-" + id + "-" + now.toEpochMilli(),
            new Command.Drain(reason, DRAIN_DEADLINE.toSeconds()),
            now,
            DIRECTIVE_VALID);
    try {
      control.send(id, directive);
      book.draining(id, now.plus(DRAIN_DEADLINE).plus(DRAIN_SLACK));
      LOG.info("drains {}: {}", id, reason);
      return "drains " + id;
    } catch (NoSuchQueueException e) {
      return id + " has no control queue: it is about to end, or never joined";
    } catch (IOException e) {
      return id + " was not told to drain: " + e.getMessage();
    }
  }

  /** Ends an instance that has no task in hand, or that is beyond hope. */
  String giveUp(InstanceId id, String reason) {
    if (!leads.getAsBoolean()) {
      return "not ended: the leadership is in doubt";
    }
    try {
      fleet.terminate(List.of(id));
      LOG.info("ended {}: {}", id, reason);
      return "ended " + id;
    } catch (IOException e) {
      return id + " was not ended: " + e.getMessage();
    }
  }
}
