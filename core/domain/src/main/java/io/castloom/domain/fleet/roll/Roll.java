package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A change of one kind of instances to another image.
 *
 * @param id its name, 1 to 30 of {@code [a-z0-9-]}; part of its launches' tokens
 * @param from what they boot from when it does not succeed
 * @param to what they shall boot from
 * @param author who asked for it
 * @param note why it is where it is, and what it waits for
 */
public record Roll(
    String id,
    TaskKind kind,
    FleetImage from,
    FleetImage to,
    Phase phase,
    RollTerms terms,
    String author,
    Instant startedAt,
    RollProgress progress,
    String note) {

  /** Where a roll is. */
  public enum Phase {
    /** A few instances try the image. */
    CANARY,
    /** One after another is replaced. */
    ROLLING,
    /** The old image was right after all. */
    ROLLING_BACK,
    DONE,
    ROLLED_BACK
  }

  public Roll {
    if (!id.matches("[a-z0-9-]{1,30}")) {
      throw new IllegalArgumentException("not a roll's id: \"" + id + "\"");
    }
    Objects.requireNonNull(kind);
    Objects.requireNonNull(phase);
    Objects.requireNonNull(terms);
    Objects.requireNonNull(author);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(progress);
    Objects.requireNonNull(note);
    if (from.equals(to)) {
      throw new IllegalArgumentException(kind + " instances boot from " + to + " already");
    }
  }

  /** A roll that begins. */
  public static Roll begin(
      String id,
      TaskKind kind,
      FleetImage from,
      FleetImage to,
      RollTerms terms,
      String author,
      Instant now) {
    return new Roll(
        id, kind, from, to, Phase.CANARY, terms, author, now, RollProgress.begun(now), "begun");
  }

  /** Whether nothing more comes of it. */
  public boolean ended() {
    return phase == Phase.DONE || phase == Phase.ROLLED_BACK;
  }

  /** Takes it back. One that has ended or goes back already stays as it is. */
  public Roll abort(String reason, Instant now) {
    return switch (phase) {
      case CANARY, ROLLING -> enter(Phase.ROLLING_BACK, reason, now);
      case ROLLING_BACK, DONE, ROLLED_BACK -> this;
    };
  }

  /** The token of its last launch. */
  public String token() {
    return "roll-" + id + "-" + progress.launches();
  }

  /**
   * The fleet answered its last launch.
   *
   * @param launched empty when it was refused
   * @param reason why it was; empty when it was not
   */
  public Roll answered(List<InstanceId> launched, String reason) {
    Roll next = with(progress.answered(launched));
    return reason.isEmpty() ? next : next.noting("no instance could be launched: " + reason);
  }

  /**
   * Nobody could say for long what became of its last launch, and the fleet's list shows nothing of
   * it: it is not asked for again, and a roll that was to bring a new image goes back.
   *
   * @param reason what was answered last
   */
  public Roll unanswered(String reason) {
    return with(progress.hopeless(RollHealth.REFUSALS))
        .noting("no instance could be launched: " + reason);
  }

  Roll enter(Phase next, String reason, Instant now) {
    return new Roll(
        id, kind, from, to, next, terms, author, startedAt, progress.phaseBegan(now), reason);
  }

  Roll with(RollProgress next) {
    return new Roll(id, kind, from, to, phase, terms, author, startedAt, next, note);
  }

  Roll noting(String words) {
    return new Roll(id, kind, from, to, phase, terms, author, startedAt, progress, words);
  }
}
