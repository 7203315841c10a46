package io.castloom.domain.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the contenders of a night: the campaigns that run, in the order of their ids, with all that
 * is known before it.
 */
final class Contenders {
  private Contenders() {}

  static List<Contender> of(
      SlotMap map,
      Collection<Campaign> campaigns,
      Collection<Creative> creatives,
      LocalDate night,
      Counters counters) {
    List<Contender> contenders = new ArrayList<>();
    Map<String, Creative> ads = new HashMap<>();
    creatives.forEach(c -> ads.put(c.id(), c));
    List<Campaign> running =
        campaigns.stream()
            .filter(c -> c.runs(night))
            .sorted(Comparator.comparing(Campaign::id))
            .toList();
    Map<String, Contender.Ad> known = new HashMap<>();
    for (Campaign campaign : running) {
      List<Contender.Ad> own = new ArrayList<>();
      for (String id : campaign.creatives()) {
        Creative creative = ads.get(id);
        if (creative != null && !creative.versions().isEmpty()) {
          own.add(known.computeIfAbsent(id, _ -> new Contender.Ad(creative)));
        }
      }
      Contender c =
          new Contender(
              contenders.size(),
              campaign,
              Pace.of(campaign, night, counters),
              own,
              map.showIds.length,
              running.size());
      for (int e = 0; e < map.episodes.size(); e++) {
        Opportunity o = map.episodes.get(e);
        int show = map.showOf[e];
        c.wantsShow[show] =
            c.wantsShow[show]
                || (campaign.account().equals(o.account())
                    && campaign.targeting().wants(o.show(), o.language(), o.categories()));
      }
      for (int s = 0; s < map.showIds.length; s++) {
        c.before[s] = counters.inShow(campaign.id(), map.showIds[s]);
      }
      contenders.add(c);
    }
    for (Contender a : contenders) {
      for (Contender b : contenders) {
        a.apart[b.index] = Contender.apart(a.campaign, b.campaign);
      }
    }
    return contenders;
  }
}
