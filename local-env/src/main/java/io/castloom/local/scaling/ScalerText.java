package io.castloom.local.scaling;

import io.castloom.autoscaler.keep.StoredDecision;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.fleet.Market;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Counterfactual;
import io.castloom.domain.scaling.Explanation;
import io.castloom.domain.scaling.Forecast;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Limits;
import io.castloom.domain.scaling.QueueCounts;
import io.castloom.local.cli.Spans;
import io.castloom.service.fleet.FleetStatus;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decisions and the fleet in words. */
final class ScalerText {

  private ScalerText() {}

  static void print(ScalerOperations.Explained explained, PrintWriter out) {
    StoredDecision stored = explained.decision();
    out.println("decision " + stored.decision().id());
    out.println("  " + stored.decision().explanation().summary());
    for (Action action : stored.decision().actions()) {
      out.println("  " + words(action) + ": " + action.reason());
    }
    stored.outcomes().forEach(outcome -> out.println("  then: " + outcome));
    stored.decision().explanation().notes().forEach(note -> out.println("  note: " + note));
    for (Explanation.KindReason kind : stored.decision().explanation().kinds()) {
      print(kind, out);
    }
    for (Forecast.LaneForecast lane : stored.decision().forecast().lanes()) {
      out.printf(
          Locale.ROOT,
          "  expected %s: 95 %% start within %s, %.1f late%n",
          lane.lane(),
          wait(lane.p95WaitSeconds()),
          lane.lateTasks());
    }
    out.printf(
        Locale.ROOT, "  cost: %.4f USD an hour%n", stored.decision().forecast().hourlyCostUsd());
    for (Counterfactual other : explained.counterfactuals()) {
      out.printf(
          Locale.ROOT,
          "  with %s: %.1f late, 95 %% within %s, %+.4f USD%n",
          other.words(),
          other.lateTasks(),
          wait(other.p95WaitSeconds()),
          other.extraCostUsd());
    }
    out.flush();
  }

  private static void print(Explanation.KindReason kind, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "  %s: slots %d free, %d busy, %d booting; %d worth launching, %d of them now; headroom %d;"
            + " %d spare; boots take %.0f s, 90 %% within %.0f s, %.1f %% fail%n",
        kind.kind(),
        kind.slotsFree(),
        kind.slotsBusy(),
        kind.slotsBooting(),
        kind.worth(),
        kind.urgent(),
        kind.headroomSlots(),
        kind.spare(),
        kind.bootMeanSeconds(),
        kind.bootP90Seconds(),
        kind.failureChance() * 100);
    for (Explanation.LaneReason lane : kind.lanes()) {
      out.printf(
          Locale.ROOT,
          "    %s: %d wait, the oldest %s, %s of work, target %s, %.1f an hour come, a late one is priced %.0f s%n",
          lane.lane(),
          lane.waiting(),
          wait(lane.oldestWaitSeconds()),
          wait(lane.workSeconds()),
          wait(lane.targetSeconds()),
          lane.arrivalsPerHour(),
          lane.latePriceSeconds());
    }
  }

  private static String words(Action action) {
    return switch (action) {
      case Action.Launch launch ->
          "launch one " + launch.type() + " for " + launch.kind() + " (" + launch.market() + ")";
      case Action.Drain drain -> "drain " + drain.instanceId();
      case Action.GiveUpBoot boot -> "give up the boot of " + boot.instanceId();
    };
  }

  private static String wait(double seconds) {
    return Double.isInfinite(seconds) ? "never" : Spans.ofSeconds(seconds);
  }

  static void print(FleetStatus status, Optional<StoredDecision> last, PrintWriter out) {
    out.println("leader " + status.leader() + ", term " + status.epoch() + ", at " + status.at());
    last.ifPresent(decision -> print(decision, out));
    if (!status.paused().isEmpty()) {
      out.println("paused: " + String.join(", ", status.paused()));
    }
    status
        .waiting()
        .forEach(
            (workClass, waiting) ->
                out.printf(
                    "  %-18s %5d wait, the oldest %s, %s of work%n",
                    workClass.slug(),
                    waiting.tasks(),
                    Spans.of(waiting.oldestWait()),
                    Spans.of(waiting.work())));
    status.members().forEach(member -> out.println("  " + line(member)));
    out.flush();
  }

  /** The limits, and for each class what the index and the queue hold. */
  private static void print(StoredDecision last, PrintWriter out) {
    out.println(
        limits(
            last.snapshot().instances(),
            last.settings().limits(),
            last.decision().forecast().hourlyCostUsd()));
    List<QueueCounts> sorted =
        last.snapshot().counts().stream().sorted(Comparator.comparing(QueueCounts::lane)).toList();
    for (QueueCounts counts : sorted) {
      Lane lane = counts.lane();
      long entries = last.snapshot().waiting().stream().filter(t -> t.lane().equals(lane)).count();
      out.printf(
          Locale.ROOT,
          "  %-18s %5d in the index, %5d visible in the queue, %d in flight; target %s%n",
          lane,
          entries,
          counts.visible(),
          counts.inFlight(),
          Spans.of(last.settings().target(lane.workClass())));
    }
    last.decision().explanation().notes().forEach(note -> out.println("  note: " + note));
  }

  /** How much of the limits is used up. */
  static String limits(List<InstanceView> instances, Limits limits, double usdAnHour) {
    long guests = instances.stream().filter(InstanceView::guest).count();
    return String.format(
        Locale.ROOT,
        "limits: %d of at most %d instances%s; %.2f of at most %.2f USD an hour",
        instances.size() - guests,
        limits.maxInstances(),
        guests == 0 ? "" : ", guests not counted (" + guests + ")",
        usdAnHour,
        limits.hourlyBudgetUsd());
  }

  /** An instance in a line. */
  static String line(FleetStatus.Member member) {
    return String.format(
        Locale.ROOT,
        "%-22s %-10s %-11s %-9s %d slots, %d at work",
        member.id(),
        member.kind().slug(),
        word(member.state()),
        market(member),
        member.slots(),
        member.running().size());
  }

  /** How it was bought; {@code guest} for one that was started by hand. */
  static String market(FleetStatus.Member member) {
    Market market = member.market();
    return market == null ? "guest" : word(market);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
