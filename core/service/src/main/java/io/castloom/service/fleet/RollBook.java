package io.castloom.service.fleet;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Begins, reads, takes back and keeps rolls, by compare-and-swap: operators and leaders come and
 * go, and whoever leads goes on with what is kept here.
 */
public final class RollBook {

  private final Documents<Rolls> documents;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public RollBook(ObjectStore store, InstantSource clock) {
    this.documents = new Documents<>(store, Rolls.class);
    this.clock = clock;
  }

  /** As it is kept now. */
  public Rolls read() throws IOException {
    return documents.find(Rolls.KEY).map(Documents.Versioned::value).orElse(Rolls.NONE);
  }

  /**
   * Begins a roll; the leader takes its first step at its next tick.
   *
   * @throws IllegalArgumentException one of the kind has not ended, or its instances boot from the
   *     image already
   */
  public Roll begin(TaskKind kind, FleetImage to, RollTerms terms, String author)
      throws IOException {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString().substring(0, 8);
    return change(
            rolls -> {
              rolls
                  .active(kind)
                  .ifPresent(
                      roll -> {
                        throw new IllegalArgumentException(
                            "the roll of "
                                + kind.slug()
                                + " instances to "
                                + roll.to()
                                + " has not ended; wait for it or abort it");
                      });
              return rolls.with(Roll.begin(id, kind, rolls.image(kind), to, terms, author, now));
            })
        .active(kind)
        .orElseThrow();
  }

  /**
   * Takes a roll back.
   *
   * @throws IllegalArgumentException none of the kind is under way
   */
  public Roll abort(TaskKind kind, String author) throws IOException {
    Instant now = clock.instant();
    return change(
            rolls ->
                rolls.with(
                    rolls
                        .active(kind)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "no roll of " + kind.slug() + " instances is under way"))
                        .abort("aborted by " + author, now)))
        .active(kind)
        .orElseThrow();
  }

  /**
   * Keeps a roll that went on, if it is still as it was.
   *
   * @return false when somebody changed it meanwhile: the step is not to be taken
   */
  public boolean keep(Roll was, Roll next) throws IOException {
    if (was.equals(next)) {
      return true;
    }
    Rolls after =
        change(
            rolls ->
                rolls.active(was.kind()).filter(was::equals).isPresent()
                    ? rolls.with(next)
                    : rolls);
    return after.rolls().contains(next);
  }

  /** Writes rolls in the place of what cannot be read, unless somebody did so already. */
  public Rolls mend(UnreadableDocumentException spoilt, Rolls known) throws IOException {
    return documents.replace(Rolls.KEY, spoilt, known).isPresent() ? known : read();
  }

  private Rolls change(UnaryOperator<Rolls> change) throws IOException {
    return documents.update(
        Rolls.KEY, before -> change.apply(before == null ? Rolls.NONE : before));
  }
}
