package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.fleet.Rolls;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls as a leader knows them. What cannot be read stays as it was last known; a spoilt document
 * is written again as it was last known, else with the images from which most instances boot, and
 * then no roll is under way any more.
 */
final class KnownRolls {

  private static final Logger LOG = LoggerFactory.getLogger(KnownRolls.class);

  private final RollBook book;
  private final SpoiltDocuments spoilt;
  private final FleetBook fleet;
  private Rolls rolls = Rolls.NONE;
  private boolean known;

  KnownRolls(RollBook book, SpoiltDocuments spoilt, FleetBook fleet) {
    this.book = book;
    this.spoilt = spoilt;
    this.fleet = fleet;
  }

  /** Where they are kept. */
  RollBook book() {
    return book;
  }

  /**
   * Reads them.
   *
   * @param listed whether the fleet was ever listed in this leadership
   * @throws IOException nothing may be launched: what from is not known
   */
  Rolls read(boolean listed) throws IOException {
    try {
      rolls = book.read();
      known = true;
    } catch (UnreadableDocumentException e) {
      if (!known && !listed) {
        throw e;
      }
      spoilt.keep(
          e,
          known
              ? "it is written again as it was"
              : "instances boot from what most do; a roll that was under way has to be begun anew");
      rolls = known ? rolls : asTheFleetIs();
      known = true;
      mend(e);
    } catch (IOException e) {
      if (!known) {
        throw e;
      }
      LOG.warn("the rolls cannot be read: {}", e.toString());
    }
    return rolls;
  }

  /** What cannot be written over must not hold the ticks up: it is tried again with the next. */
  private void mend(UnreadableDocumentException e) throws IOException {
    try {
      rolls = book.mend(e, rolls);
    } catch (UnreadableDocumentException still) {
      LOG.warn("it is still there, what was last known stands: {}", still.getMessage());
    }
  }

  private Rolls asTheFleetIs() {
    Map<TaskKind, FleetImage> images = new EnumMap<>(TaskKind.class);
    for (TaskKind kind : TaskKind.values()) {
      fleet
          .usualImage(kind)
          .filter(image -> !image.equals(FleetImage.DEFAULT))
          .ifPresent(image -> images.put(kind, image));
    }
    return new Rolls(images, List.of());
  }
}
