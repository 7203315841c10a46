package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollAction;
import io.castloom.domain.fleet.roll.RollPlanner;
import io.castloom.domain.fleet.roll.RollStep;
import io.castloom.domain.fleet.roll.RollView;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.service.fleet.Rolls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rolls' part of every tick. Each step is kept before it is taken. */
final class RollTurn {

  /** A roll is in no hurry: only a task that takes longer than this is handed back for it. */
  private static final Duration DRAIN_DEADLINE = Duration.ofHours(11);

  private static final Logger LOG = LoggerFactory.getLogger(RollTurn.class);

  private final KnownRolls kept;
  private final FleetBook book;
  private final ActionRunner actions;
  private final RollLaunches launches;
  private Rolls rolls = Rolls.NONE;

  RollTurn(KnownRolls kept, FleetBook book, ActionRunner actions) {
    this.kept = kept;
    this.book = book;
    this.actions = actions;
    this.launches = new RollLaunches(kept, book, actions);
  }

  /**
   * Reads what is under way.
   *
   * @param listed whether the fleet was ever listed in this leadership
   * @throws IOException nothing may be launched: what from is not known
   */
  void read(boolean listed) throws IOException {
    rolls = kept.read(listed);
  }

  /**
   * Instances that are there only for a roll are not for the planner to count on, also the one that
   * a former leader launched without keeping the answer.
   */
  List<InstanceView> hidden(List<InstanceView> instances) {
    Set<String> surplus = new HashSet<>();
    for (TaskKind kind : TaskKind.values()) {
      Roll roll = rolls.active(kind).orElse(null);
      if (roll == null) {
        continue;
      }
      roll.progress().surplus().forEach(instance -> surplus.add(instance.value()));
      if (roll.progress().answered() < roll.progress().launches()) {
        book.launchedBy(roll.token()).forEach(instance -> surplus.add(instance.value()));
      }
    }
    return instances.stream().map(it -> surplus.contains(it.id()) ? draining(it) : it).toList();
  }

  private static InstanceView draining(InstanceView it) {
    return new InstanceView(
        it.id(),
        it.kind(),
        it.type(),
        it.market(),
        InstanceState.DRAINING,
        it.launchedAt(),
        it.readyAt(),
        it.heartbeatAt(),
        it.idleSince(),
        it.slots(),
        it.running());
  }

  /** The decided actions, with drains moved to idle instances of the image that is to go. */
  List<Action> redirected(List<Action> decided, Snapshot snapshot) {
    List<Action> all = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Action action : decided) {
      if (action instanceof Action.Drain drain) {
        Action.Drain better = redirected(drain, snapshot, taken);
        taken.add(better.instanceId());
        all.add(better);
      } else {
        all.add(action);
      }
    }
    return all;
  }

  private Action.Drain redirected(Action.Drain drain, Snapshot snapshot, Set<String> taken) {
    for (TaskKind kind : TaskKind.values()) {
      Roll roll = rolls.active(kind).orElse(null);
      if (roll == null) {
        continue;
      }
      boolean back = roll.phase() == Roll.Phase.ROLLING_BACK;
      List<RollView.Member> members = book.rollMembers(kind, snapshot.at());
      if (members.stream().noneMatch(m -> m.id().value().equals(drain.instanceId()))) {
        continue;
      }
      return members.stream()
          .filter(m -> m.life() == RollView.Life.WORKING && m.busy() == 0)
          .filter(m -> m.image().equals(roll.to()) == back && !taken.contains(m.id().value()))
          .min(
              Comparator.comparing(
                      (RollView.Member m) -> !m.id().value().equals(drain.instanceId()))
                  .thenComparing(m -> m.id().value()))
          .map(m -> new Action.Drain(m.id().value(), drain.reason()))
          .orElse(drain);
    }
    return drain;
  }

  /** What the decided launches boot from. */
  ActionRunner.Images images(List<Action> decided, Snapshot snapshot, ScalingSettings settings) {
    Map<WorkKind, Integer> fresh = new EnumMap<>(WorkKind.class);
    for (TaskKind kind : TaskKind.values()) {
      WorkKind work = Translation.kind(kind);
      int launches =
          (int)
              decided.stream()
                  .filter(it -> it instanceof Action.Launch launch && launch.kind() == work)
                  .count();
      rolls
          .active(kind)
          .ifPresent(
              roll ->
                  fresh.put(
                      work,
                      RollPlanner.ofNew(
                          roll, view(kind, List.of(), snapshot, settings), launches)));
    }
    return work -> {
      TaskKind kind = Translation.kind(work);
      int left = fresh.getOrDefault(work, 0);
      fresh.put(work, left - 1);
      return left > 0
          ? rolls.active(kind).map(Roll::to).orElse(rolls.image(kind))
          : rolls.image(kind);
    };
  }

  private RollView view(
      TaskKind kind, List<RollView.Tries> tries, Snapshot snapshot, ScalingSettings settings) {
    WorkKind work = Translation.kind(kind);
    List<RollView.Member> members = book.rollMembers(kind, snapshot.at());
    int slots = members.stream().mapToInt(RollView.Member::slots).max().orElse(1);
    int waiting = (int) snapshot.waiting().stream().filter(t -> t.lane().kind() == work).count();
    return new RollView(
        snapshot.at(),
        members,
        tries,
        waiting,
        settings.limits().min(work) * slots,
        settings.pause().out(snapshot.at()) || launches.rests(kind, snapshot.at())
            ? 0
            : launch(kind, snapshot, settings).room());
  }

  /** Takes the next step of each roll; gives a line for each thing done. */
  List<String> step(Snapshot snapshot, ScalingSettings settings) {
    List<RollView.Tries> tries = book.news().tries();
    List<String> outcomes = new ArrayList<>();
    for (TaskKind kind : TaskKind.values()) {
      Roll roll = rolls.active(kind).orElse(null);
      if (roll == null) {
        continue;
      }
      giveUpBoots(roll, snapshot, settings, outcomes);
      RollStep step = RollPlanner.next(roll, view(kind, tries, snapshot, settings));
      try {
        if (kept.book().keep(roll, step.next())) {
          take(roll, step, launch(kind, snapshot, settings), snapshot.at(), outcomes);
          continue;
        }
        // an operator or another leader changed it: the next tick sees
      } catch (IOException e) {
        LOG.warn("the roll of {} goes on later: {}", kind, e.toString());
        outcomes.add("roll " + roll.id() + ": " + e.getMessage());
      }
      book.news().untold(tries.stream().filter(it -> it.kind() == kind).toList());
    }
    return outcomes;
  }

  /** The planner does not see what is there only for a roll: an image may never come up. */
  private void giveUpBoots(
      Roll roll, Snapshot snapshot, ScalingSettings settings, List<String> outcomes) {
    Duration limit = snapshot.memory().bootLimit(Translation.kind(roll.kind()), settings.tuning());
    for (InstanceView instance : book.views(settings, snapshot.at())) {
      InstanceId id = new InstanceId(instance.id());
      if (roll.progress().surplus().contains(id)
          && instance.state() == InstanceState.PENDING
          && snapshot.at().isAfter(instance.launchedAt().plus(limit))) {
        outcomes.add(
            actions.giveUp(
                id, "roll " + roll.id() + ": it has not joined in " + limit.toSeconds() + " s"));
      }
    }
  }

  private void take(Roll roll, RollStep step, RollLaunch like, Instant at, List<String> outcomes) {
    if (roll.phase() != step.next().phase()) {
      LOG.info("roll {}: {}, {}", roll.id(), step.next().phase(), step.next().note());
      outcomes.add("roll " + roll.id() + " " + step.next().phase() + ": " + step.next().note());
    }
    for (RollAction action : step.actions()) {
      switch (action) {
        case RollAction.Launch launch -> launches.ask(step.next(), launch, like, at, outcomes);
        case RollAction.Drain(InstanceId id, String reason) ->
            outcomes.add(actions.drain(id, reason, DRAIN_DEADLINE));
      }
    }
  }

  /** What the next launch for a roll of the kind is like. */
  private RollLaunch launch(TaskKind kind, Snapshot snapshot, ScalingSettings settings) {
    FleetImage by =
        rolls
            .active(kind)
            .map(roll -> roll.phase() == Roll.Phase.ROLLING_BACK ? roll.from() : roll.to())
            .orElse(rolls.image(kind));
    Set<String> fresh = new HashSet<>();
    for (RollView.Member member : book.rollMembers(kind, snapshot.at())) {
      if (member.image().equals(by)) {
        fresh.add(member.id().value());
      }
    }
    // as it is now, with what was launched in this tick; guests are no part of a roll
    List<InstanceView> ours =
        book.views(settings, snapshot.at()).stream().filter(it -> !it.guest()).toList();
    return RollLaunch.of(Translation.kind(kind), ours, fresh, settings);
  }
}
