package io.castloom.autoscaler.keep;

import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Snapshot;
import java.util.List;

/**
 * A decision with all that it depended on, so that it can be made again exactly.
 *
 * @param outcomes what came of its actions, one line each
 */
public record StoredDecision(
    Snapshot snapshot, ScalingSettings settings, Decision decision, List<String> outcomes) {
  public StoredDecision {
    outcomes = List.copyOf(outcomes);
  }
}
