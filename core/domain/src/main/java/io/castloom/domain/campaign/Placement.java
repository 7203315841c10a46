package io.castloom.domain.campaign;

import java.util.Objects;

/**
 * An ad in a slot.
 *
 * @param campaign whose turn it is
 * @param creative which of its ads
 * @param original which version of the ad: the recording's name (SHA-256)
 */
public record Placement(String campaign, String creative, String original) {
  /** Checks that nothing is null. */
  public Placement {
    Objects.requireNonNull(campaign);
    Objects.requireNonNull(creative);
    Objects.requireNonNull(original);
  }
}
