package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;

/**
 * How often a campaign may be heard at most, in insertions.
 *
 * @param perEpisode slots of one episode, at least 1
 * @param perShowNight slots of one show in one night
 * @param perShowFlight slots of one show over all its flights, a slot counting once a night
 */
public record FrequencyCaps(int perEpisode, long perShowNight, long perShowFlight) {
  /** Once an episode, else without limit. */
  public static final FrequencyCaps STANDARD = new FrequencyCaps(1, Long.MAX_VALUE, Long.MAX_VALUE);

  static FrequencyCaps read(Fields fields) {
    return new FrequencyCaps(
        (int) fields.whole("perEpisode", 1, 20, 1),
        fields.whole("perShowNight", 1, Long.MAX_VALUE, Long.MAX_VALUE),
        fields.whole("perShowFlight", 1, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  Tree tree() {
    return new Tree()
        .put("perEpisode", perEpisode)
        .put("perShowNight", perShowNight == Long.MAX_VALUE ? null : perShowNight)
        .put("perShowFlight", perShowFlight == Long.MAX_VALUE ? null : perShowFlight);
  }
}
