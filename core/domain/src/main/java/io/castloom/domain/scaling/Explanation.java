package io.castloom.domain.scaling;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a decision fell as it did, in sentences and figures.
 *
 * @param summary one line: what is done and the chief reason
 * @param kinds what was weighed for each kind
 * @param notes what was not trusted, what limit held, what was paused, what was learned to be
 *     otherwise
 */
public record Explanation(String summary, List<KindReason> kinds, List<String> notes) {
  public Explanation {
    Objects.requireNonNull(summary, "summary");
    kinds = List.copyOf(kinds);
    notes = List.copyOf(notes);
  }

  /** The longest of the kinds' boots, ninth decile; empty when no kind was weighed. */
  public Optional<Duration> slowestBootP90() {
    return kinds.stream()
        .max(Comparator.comparingDouble(KindReason::bootP90Seconds))
        .map(kind -> Durations.ofSeconds(kind.bootP90Seconds()));
  }

  /**
   * What was weighed for one kind.
   *
   * @param kind which
   * @param slotsFree slots without a task
   * @param slotsBusy slots with one
   * @param slotsBooting slots of instances that are pending
   * @param worth instances that are worth their cost at some time
   * @param urgent those of them that cannot wait for the next tick
   * @param headroomSlots slots wanted for tasks that have not come yet; 0 when every target exceeds
   *     the boot
   * @param spare idle instances that nothing is expected for
   * @param bootMeanSeconds learned mean boot
   * @param bootP90Seconds learned ninth decile
   * @param failureChance learned chance that a launch never comes up
   * @param lanes by lane
   */
  public record KindReason(
      WorkKind kind,
      int slotsFree,
      int slotsBusy,
      int slotsBooting,
      int worth,
      int urgent,
      int headroomSlots,
      int spare,
      double bootMeanSeconds,
      double bootP90Seconds,
      double failureChance,
      List<LaneReason> lanes) {
    public KindReason {
      lanes = List.copyOf(lanes);
    }
  }

  /**
   * What was seen of one lane.
   *
   * @param lane which
   * @param waiting tasks that wait
   * @param oldestWaitSeconds of the oldest
   * @param workSeconds expected work of those that wait
   * @param targetSeconds its target
   * @param arrivalsPerHour rate that was reckoned with
   * @param latePriceSeconds price of a late task, in slot seconds
   * @param lateSharePercent share of late tasks over the last week
   */
  public record LaneReason(
      Lane lane,
      int waiting,
      double oldestWaitSeconds,
      double workSeconds,
      double targetSeconds,
      double arrivalsPerHour,
      double latePriceSeconds,
      double lateSharePercent) {}
}
