package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the planner has learned, handed from decision to decision. It is a value: store it with the
 * snapshot and any decision can be made again. Losing it costs nothing but the learning.
 *
 * @param lastTick instant of the decision before, null before the first
 * @param boots by kind
 * @param services by {@code kind/profile}, seconds on an instance of speed 1
 * @param estimates by kind: real service over estimate
 * @param lanes by lane
 * @param spare by kind: instances that could have been spared in the last ticks, latest last
 */
public record PlannerMemory(
    @Nullable Instant lastTick,
    Map<WorkKind, BootMemory> boots,
    Map<String, ServiceMemory> services,
    Map<WorkKind, ServiceMemory> estimates,
    Map<Lane, LaneMemory> lanes,
    Map<WorkKind, List<Integer>> spare) {
  /** Before the first decision. */
  public static final PlannerMemory EMPTY =
      new PlannerMemory(null, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public PlannerMemory {
    boots = Map.copyOf(boots);
    services = Map.copyOf(services);
    estimates = Map.copyOf(estimates);
    lanes = Map.copyOf(lanes);
    spare = Map.copyOf(spare);
  }

  /** Age at which a pending instance of a kind is given up. */
  public Duration bootLimit(WorkKind kind, Tuning tuning) {
    return Durations.ofSeconds(boots(kind).giveUpAfter(tuning));
  }

  BootMemory boots(WorkKind kind) {
    return boots.getOrDefault(kind, BootMemory.NONE);
  }

  LaneMemory lane(Lane lane) {
    return lanes.getOrDefault(lane, LaneMemory.NONE);
  }
}
