package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollAction;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.scaling.Market;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches for rolls. One whose outcome is in doubt is asked for again with its token, but not
 * without end: when the fleet's list must show it by now and does not, it never was.
 */
final class RollLaunches {

  private static final Logger LOG = LoggerFactory.getLogger(RollLaunches.class);

  /** After so many refusals in a row the fleet is not asked for some time. */
  private static final int MANY = 5;

  private static final Duration REST = Duration.ofMinutes(5);

  private final KnownRolls kept;
  private final FleetBook book;
  private final ActionRunner actions;
  private final Map<TaskKind, Doubt> doubts = new EnumMap<>(TaskKind.class);
  private final Map<TaskKind, Refused> refused = new EnumMap<>(TaskKind.class);

  private record Doubt(String token, Instant since) {}

  private record Refused(int times, Instant last) {}

  RollLaunches(KnownRolls kept, FleetBook book, ActionRunner actions) {
    this.kept = kept;
    this.book = book;
    this.actions = actions;
  }

  /** Whether the fleet has refused so often that it is not asked for more just now. */
  boolean rests(TaskKind kind, Instant now) {
    Refused last = refused.get(kind);
    return last != null && last.times() >= MANY && now.isBefore(last.last().plus(REST));
  }

  /** Asks for an instance and keeps the answer. */
  void ask(
      Roll roll, RollAction.Launch launch, RollLaunch like, Instant now, List<String> outcomes) {
    Optional<String> hindrance = actions.hindrance();
    if (hindrance.isPresent()) {
      outcomes.add("roll " + roll.id() + ": " + hindrance.get());
      return;
    }
    LaunchRequest request =
        new LaunchRequest(
            launch.token(),
            roll.kind(),
            1,
            like.types(),
            like.market() == Market.SPOT ? 1 : 0,
            launch.image());
    try {
      switch (actions.launch(request)) {
        case LaunchOutcome.Launched(var instances, _) -> {
          refused.remove(roll.kind());
          List<InstanceId> ids = instances.stream().map(it -> it.id()).toList();
          kept.book().keep(roll, roll.answered(ids, ""));
          outcomes.add("roll " + roll.id() + " launched " + ids + " of " + launch.image());
        }
        case LaunchOutcome.Refused(String reason) -> {
          refused.merge(
              roll.kind(), new Refused(1, now), (was, _) -> new Refused(was.times() + 1, now));
          kept.book().keep(roll, roll.answered(List.of(), reason));
          LOG.warn("roll {}: launch refused: {}", roll.id(), reason);
          outcomes.add("roll " + roll.id() + " refused: " + reason);
        }
      }
      doubts.remove(roll.kind());
    } catch (IOException e) {
      // no answer was kept: the next tick asks again, with the same token
      LOG.warn("roll {}: its launch is in doubt: {}", roll.id(), e.toString());
      outcomes.add("roll " + roll.id() + ": " + e.getMessage());
      doubt(roll, launch.token(), String.valueOf(e.getMessage()), now, outcomes);
    }
  }

  private void doubt(Roll roll, String token, String words, Instant now, List<String> outcomes) {
    Doubt known = doubts.get(roll.kind());
    if (known == null || !known.token().equals(token)) {
      doubts.put(roll.kind(), new Doubt(token, now));
      return;
    }
    if (now.isBefore(known.since().plus(LaunchNotes.DOUBT))) {
      return;
    }
    List<InstanceId> launched = book.launchedBy(token);
    String reason = "for " + LaunchNotes.DOUBT.toMinutes() + " minutes each try ended so: " + words;
    try {
      kept.book()
          .keep(roll, launched.isEmpty() ? roll.unanswered(reason) : roll.answered(launched, ""));
      refused.put(roll.kind(), new Refused(MANY, now));
      doubts.remove(roll.kind());
      outcomes.add("roll " + roll.id() + " is not asked for any more: " + reason);
    } catch (IOException e) {
      LOG.warn("roll {}: what became of its launch is kept later: {}", roll.id(), e.toString());
    }
  }
}
