package io.castloom.service.assembly;

import io.castloom.domain.campaign.SlotPlan;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What an assembler is to put into an episode.
 *
 * @param night the night whose ads these are
 * @param slots what each slot gets, in the order in which they sound
 * @param why for people, a line for each slot
 */
public record EpisodeOrder(
    String show, String episode, LocalDate night, List<SlotPlan> slots, List<String> why) {

  public EpisodeOrder {
    Objects.requireNonNull(show);
    Objects.requireNonNull(episode);
    Objects.requireNonNull(night);
    slots = List.copyOf(slots);
    why = List.copyOf(why);
  }

  /** {@code nightly/<night>/<show>/<episode>.json} in the private bucket. */
  public static String key(LocalDate night, String show, String episode) {
    return "nightly/" + night + "/" + show + "/" + episode + ".json";
  }
}
