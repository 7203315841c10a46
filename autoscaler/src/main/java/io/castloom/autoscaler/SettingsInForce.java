package io.castloom.autoscaler;

import io.castloom.autoscaler.keep.DecisionStore;
import io.castloom.autoscaler.ops.SettingsBook;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of each tick. What operators changed and cannot be read any more is written again as
 * it was last in force: in this process, else in the latest stored decision. So neither a limit nor
 * a pause is lost with the document.
 */
final class SettingsInForce {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsInForce.class);

  private final SettingsBook book;
  private final SpoiltDocuments spoilt;
  private final DecisionStore decisions;
  private final ScalingSettings base;
  private @Nullable ScalingSettings last;

  SettingsInForce(
      SettingsBook book, SpoiltDocuments spoilt, DecisionStore decisions, ScalingSettings base) {
    this.book = book;
    this.spoilt = spoilt;
    this.decisions = decisions;
    this.base = base;
  }

  /** Another may have led, and other settings been in force, meanwhile. */
  void forget() {
    last = null;
  }

  /** Lets everybody know what the autoscaler started with. */
  void publishBase() throws IOException {
    book.publishBase(base);
  }

  /**
   * As they are now. Settings that do not fit together any more must not stop the scaling: then
   * those hold that the autoscaler started with.
   */
  ScalingSettings read(Instant now) throws IOException {
    ScalingSettings known;
    try {
      known = book.effective(base);
    } catch (UnreadableDocumentException e) {
      known = last == null ? decided(now) : last;
      spoilt.keep(e, "the settings that were last in force are written again");
      if (!book.mend(e, base, known, "autoscaler (the document was spoilt)", now)) {
        LOG.warn("{} is not written over; the next tick sees what is there", e.key());
      }
    } catch (IllegalArgumentException e) {
      LOG.error("changed settings are not taken: {}", e.getMessage());
      known = base;
    }
    last = known;
    return known;
  }

  private ScalingSettings decided(Instant now) throws IOException {
    return decisions.latest(now).map(decision -> decision.settings()).orElse(base);
  }
}
