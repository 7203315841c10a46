package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Market;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Launcher launcher;
  private final ControlChannel control;
  private final FleetBook book;
  private final InstantSource clock;
  private final BooleanSupplier leads;

  private record Sort(
      io.castloom.domain.scaling.WorkKind kind, String type, Market market, FleetImage image) {}

  /** What the next launch of a kind boots from; asked once for each. */
  interface Images {
    FleetImage next(io.castloom.domain.scaling.WorkKind kind);
  }

  ActionRunner(
      Fleet fleet,
      Launcher launcher,
      ControlChannel control,
      FleetBook book,
      InstantSource clock,
      BooleanSupplier leads) {
    this.fleet = fleet;
    this.launcher = launcher;
    this.control = control;
    this.book = book;
    this.clock = clock;
    this.leads = leads;
  }

  /**
   * Does them in order; what fails is told, and the next tick decides anew.
   *
   * @return a line for each
   */
  List<String> carryOut(List<Action> actions, Images images) {
    List<String> outcomes = new ArrayList<>();
    Map<Sort, List<Action.Launch>> launches = new LinkedHashMap<>();
    for (Action action : actions) {
      switch (action) {
        case Action.Launch launch ->
            launches
                .computeIfAbsent(
                    new Sort(
                        launch.kind(), launch.type(), launch.market(), images.next(launch.kind())),
                    _ -> new ArrayList<>())
                .add(launch);
        case Action.Drain(String id, String reason) ->
            outcomes.add(drain(new InstanceId(id), reason, DRAIN_DEADLINE));
        case Action.GiveUpBoot boot ->
            outcomes.add(giveUp(new InstanceId(boot.instanceId()), boot.reason()));
      }
    }
    List<LaunchRequest> requests = new ArrayList<>();
    launches.forEach((sort, all) -> requests.add(request(sort, all)));
    if (requests.isEmpty() || leads.getAsBoolean()) {
      outcomes.addAll(launcher.launch(requests));
    } else {
      outcomes.add("not launched: the leadership is in doubt");
    }
    return outcomes;
  }

  private static LaunchRequest request(Sort sort, List<Action.Launch> launches) {
    return new LaunchRequest(
        launches.getFirst().token(),
        Translation.kind(sort.kind()),
        Math.min(MAX_LAUNCH, launches.size()),
        List.of(sort.type()),
        sort.market() == Market.SPOT ? 1 : 0,
        sort.image());
  }

  /** Why nothing may be launched at present; empty when something may. */
  Optional<String> hindrance() {
    return leads.getAsBoolean()
        ? launcher.hindrance()
        : Optional.of("not launched: the leadership is in doubt");
  }

  /**
   * Launches; to be called only when nothing is a {@link #hindrance}.
   *
   * @throws IOException as the fleet
   */
  LaunchOutcome launch(LaunchRequest request) throws IOException {
    LaunchOutcome outcome = fleet.launch(request);
    switch (outcome) {
      case LaunchOutcome.Launched launched -> book.launched(launched.instances(), clock.instant());
      case LaunchOutcome.Refused _ -> {}
    }
    return outcome;
  }

  /**
   * Tells an instance to finish and end.
   *
   * @param deadline how long it has, before it hands its tasks back
   */
  String drain(InstanceId id, String reason, Duration deadline) {
    if (!leads.getAsBoolean()) {
      return "not drained: the leadership is in doubt";
    }
    Instant now = clock.instant();
    Directive directive =
        new Directive(
            "drain-" + id + "-" + now.toEpochMilli(),
            new Command.Drain(reason, deadline.toSeconds()),
            now,
            DIRECTIVE_VALID);
    try {
      control.send(id, directive);
      book.draining(id, now.plus(deadline).plus(DRAIN_SLACK));
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
      book.ended(id, clock.instant());
      LOG.info("ended {}: {}", id, reason);
      return "ended " + id;
    } catch (IOException e) {
      return id + " was not ended: " + e.getMessage();
    }
  }
}
