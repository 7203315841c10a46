package io.castloom.domain.campaign;

import io.castloom.domain.show.SlotKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a slot gets on a night.
 *
 * @param slot its name, {@code pre}, {@code mid-1}, {@code mid-1.2}
 * @param kind where it lies
 * @param placement the ad, or null when it stays closed
 */
public record SlotPlan(String slot, SlotKind kind, @Nullable Placement placement) {
  /** Checks that nothing is null that must not be. */
  public SlotPlan {
    Objects.requireNonNull(slot);
    Objects.requireNonNull(kind);
  }
}
