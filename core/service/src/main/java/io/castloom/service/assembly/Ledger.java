package io.castloom.service.assembly;

import io.castloom.domain.campaign.Counters;
import java.time.LocalDate;

/**
 * What campaigns have reached, kept so that planning a night again gives the same plan.
 *
 * @param night the last night that was planned for good
 * @param before the counters that it was planned with
 * @param after the counters with its insertions
 */
record Ledger(LocalDate night, Counters before, Counters after) {

  static final Ledger EMPTY = new Ledger(LocalDate.EPOCH, Counters.NONE, Counters.NONE);

  /** The counters to plan a night with. */
  Counters with(LocalDate wanted) {
    return wanted.isAfter(night) ? after : before;
  }
}
