package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The dates on which a campaign runs, in the zone of the show that carries it.
 *
 * @param from the first date
 * @param to the last date, included
 */
public record Flight(LocalDate from, LocalDate to) {
  /** Checks that nothing is null. */
  public Flight {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
  }

  /** How many nights it has. */
  public long nights() {
    return Math.max(0, ChronoUnit.DAYS.between(from, to) + 1);
  }

  /** How many of its nights lie before the date. */
  public long nightsBefore(LocalDate night) {
    return Math.clamp(ChronoUnit.DAYS.between(from, night), 0, nights());
  }

  /** Whether the date is one of its nights. */
  public boolean covers(LocalDate night) {
    return !night.isBefore(from) && !night.isAfter(to);
  }

  static Flight read(Fields fields) {
    return new Flight(fields.date("from"), fields.date("to"));
  }

  Tree tree() {
    return new Tree().put("from", from).put("to", to);
  }
}
