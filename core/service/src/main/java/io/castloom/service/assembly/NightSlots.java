package io.castloom.service.assembly;

import io.castloom.domain.campaign.Opportunity;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.PublicationState;
import io.castloom.service.deliveries.Heard;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Gathers the slots of a night, show by show. They are all that is held of every episode at once,
 * so the placements and breaks that thousands of episodes share are held once.
 */
final class NightSlots {
  private final LocalDate night;
  private final Heard heard;
  private final Instant now;
  private final BiPredicate<String, String> asked;
  private final BiPredicate<String, String> free;
  private final List<Opportunity> all = new ArrayList<>();
  private final Map<Placement, Placement> placements = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<List<AdBreak>, List<AdBreak>> breaks = new HashMap<>();

  /**
   * @param now only episodes that can be heard until a day from now have slots
   * @param asked tells of a show and an episode, by their ids, whether it has slots all the same
   * @param free tells of a show and an episode, by their ids, whether it may get other ads
   */
  NightSlots(
      LocalDate night,
      Instant now,
      Heard heard,
      BiPredicate<String, String> asked,
      BiPredicate<String, String> free) {
    this.night = night;
    this.now = now;
    this.heard = heard;
    this.asked = asked;
    this.free = free;
  }

  void add(ShowBook book) {
    for (ShowBook.Entry entry : book.episodes()) {
      Episode episode = entry.episode();
      String show = book.show().id();
      if (episode.state() != PublicationState.WITHDRAWN
          && (Candidate.due(episode.state(), episode.publishedAt(), now)
              || asked.test(show, episode.id()))) {
        Opportunity slots =
            Opportunity.of(
                book.show(),
                episode,
                night,
                heard.perDay(show, episode.id(), entry.heardSince()),
                shared(entry.media().placements()));
        slots = slots.with(breaks.computeIfAbsent(slots.breaks(), same -> same));
        all.add(free.test(show, episode.id()) ? slots : slots.held());
      }
    }
  }

  private Map<String, Placement> shared(Map<String, Placement> held) {
    Map<String, Placement> shared = new HashMap<>();
    held.forEach(
        (slot, placement) ->
            shared.put(
                names.computeIfAbsent(slot, same -> same),
                placements.computeIfAbsent(placement, same -> same)));
    return shared;
  }

  List<Opportunity> all() {
    return all;
  }
}
