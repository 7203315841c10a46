package io.castloom.domain.campaign;

/** Which campaigns come first; the order of the constants is the order of service. */
public enum Tier {
  /** Promised to a show. */
  SPONSOR,
  /** Sold with a goal. */
  DIRECT,
  /** Takes what the sold ones leave. */
  REMNANT,
  /** The house's own: fills what nobody wants. */
  HOUSE
}
