package io.castloom.domain.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A command on its way.
 *
 * @param id names it in its acknowledgement; the same id twice is carried out once
 * @param sentAt when, by the sender's clock
 * @param validFor later than this it is acknowledged as expired and not carried out
 */
public record Directive(String id, Command command, Instant sentAt, Duration validFor) {

  public Directive {
    Objects.requireNonNull(id);
    Objects.requireNonNull(command);
    Objects.requireNonNull(sentAt);
    Objects.requireNonNull(validFor);
  }

  public boolean expiredAt(Instant now) {
    return now.isAfter(sentAt.plus(validFor));
  }
}
