package io.castloom.domain.campaign;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the slots of a night. Knows every rule that says no; who comes first is the planner's
 * matter.
 */
final class Board {
  final SlotMap map;
  private final long[] breakLeft;
  private final @Nullable Contender[] holder;
  private final Contender.@Nullable Ad[] ad;
  private final int[] version;
  private int filled;

  Board(SlotMap map) {
    this.map = map;
    breakLeft = map.longest.clone();
    holder = new @Nullable Contender[map.slots];
    ad = new Contender.@Nullable Ad[map.slots];
    version = new int[map.slots];
  }

  int filled() {
    return filled;
  }

  boolean free(int slot) {
    return holder[slot] == null;
  }

  @Nullable Contender holder(int slot) {
    return holder[slot];
  }

  @Nullable Placement placement(int slot) {
    Contender contender = holder[slot];
    Contender.Ad held = ad[slot];
    return contender == null || held == null
        ? null
        : new Placement(
            contender.campaign.id(),
            held.creative.id(),
            held.creative.versions().get(version[slot]).original());
  }

  /**
   * How many slots of an episode a campaign could have by its targeting alone, whoever holds them.
   */
  int reach(Contender c, int episode) {
    Opportunity o = map.episodes.get(episode);
    if (o.fixed()
        || !c.wantsShow[map.showOf[episode]]
        || !c.campaign.targeting().wantsAge(o.ageDays())
        || o.notAdvertisers().contains(c.campaign.advertiser())) {
      return 0;
    }
    int reach = 0;
    for (int s = map.firstSlot[episode]; s < map.firstSlot[episode + 1]; s++) {
      reach += c.campaign.targeting().wants(map.kindOf[s]) ? 1 : 0;
    }
    return Math.min(reach, c.campaign.caps().perEpisode());
  }

  /**
   * The first rule that keeps a campaign from a slot, taking the slot as free; null when it may
   * have it.
   */
  @Nullable Refusal refusal(Contender c, int slot) {
    int e = map.episodeOf[slot];
    int show = map.showOf[e];
    Opportunity episode = map.episodes.get(e);
    Targeting targeting = c.campaign.targeting();
    if (!c.wantsShow[show]) {
      return Refusal.SHOW;
    }
    if (!targeting.wants(map.kindOf[slot])) {
      return Refusal.KIND;
    }
    if (!targeting.wantsAge(episode.ageDays())) {
      return Refusal.AGE;
    }
    if (episode.notAdvertisers().contains(c.campaign.advertiser())) {
      return Refusal.BARRED;
    }
    int mine = holder[slot] == c ? 1 : 0;
    FrequencyCaps caps = c.campaign.caps();
    if (c.tonight[show] - mine >= caps.perShowNight()) {
      return Refusal.SHOW_NIGHT;
    }
    if (c.before[show] + c.tonight[show] - mine >= caps.perShowFlight()) {
      return Refusal.SHOW_FLIGHT;
    }
    int inEpisode = 0;
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      Contender other = s == slot ? null : holder[s];
      if (other == c) {
        inEpisode++;
      } else if (other != null && competes(c, other, slot, s)) {
        return Refusal.COMPETITOR;
      }
    }
    return inEpisode >= caps.perEpisode() ? Refusal.EPISODE : adRefusal(c, slot);
  }

  private boolean competes(Contender c, Contender other, int slot, int itsSlot) {
    Exclusions.Within apart = c.apart[other.index];
    return apart == Exclusions.Within.EPISODE
        || (apart == Exclusions.Within.BREAK && map.breakOf[itsSlot] == map.breakOf[slot]);
  }

  /** The competitor that keeps a campaign from a slot, for the explanation. */
  @Nullable Contender competitor(Contender c, int slot) {
    int e = map.episodeOf[slot];
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      Contender other = s == slot ? null : holder[s];
      if (other != null && competes(c, other, slot, s)) {
        return other;
      }
    }
    return null;
  }

  private @Nullable Refusal adRefusal(Contender c, int slot) {
    Refusal nearest = Refusal.LANGUAGE;
    for (Contender.Ad candidate : c.ads) {
      Refusal refusal = adRefusal(candidate, slot);
      if (refusal == null) {
        return null;
      }
      nearest = refusal.compareTo(nearest) > 0 ? refusal : nearest;
    }
    return nearest;
  }

  private @Nullable Refusal adRefusal(Contender.Ad candidate, int slot) {
    int e = map.episodeOf[slot];
    if (!Targeting.sameLanguage(candidate.creative.language(), map.episodes.get(e).language())) {
      return Refusal.LANGUAGE;
    }
    if (shortest(candidate) > left(slot)) {
      return Refusal.LENGTH;
    }
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      if (s != slot && ad[s] == candidate) {
        return Refusal.TWICE;
      }
    }
    return inARow(candidate, slot) ? Refusal.ROW : null;
  }

  /** Nanoseconds that the break would have left if the slot were free. */
  private long left(int slot) {
    Contender.Ad held = ad[slot];
    return breakLeft[map.breakOf[slot]] + (held == null ? 0 : length(held, version[slot]));
  }

  private static long shortest(Contender.Ad candidate) {
    long shortest = Long.MAX_VALUE;
    for (int v = 0; v < candidate.versions.length; v++) {
      shortest = Math.min(shortest, length(candidate, v));
    }
    return shortest;
  }

  private static long length(Contender.Ad candidate, int version) {
    return candidate.creative.versions().get(version).length().toNanos();
  }

  /**
   * Whether the ad would end one episode and begin its neighbour in the feed, heard one after the
   * other.
   */
  private boolean inARow(Contender.Ad candidate, int slot) {
    int e = map.episodeOf[slot];
    boolean first = true;
    boolean last = true;
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      first &= s >= slot || ad[s] == null;
      last &= s <= slot || ad[s] == null;
    }
    for (int neighbour : new int[] {map.newer[e], map.older[e]}) {
      if (neighbour >= 0
          && ((first && edge(neighbour, false) == candidate)
              || (last && edge(neighbour, true) == candidate))) {
        return true;
      }
    }
    return false;
  }

  /** The ad that an episode begins or ends with, or null when it has none. */
  private Contender.@Nullable Ad edge(int episode, boolean begins) {
    int from = map.firstSlot[episode];
    int to = map.firstSlot[episode + 1];
    for (int i = 0; i < to - from; i++) {
      Contender.Ad held = ad[begins ? from + i : to - 1 - i];
      if (held != null) {
        return held;
      }
    }
    return null;
  }

  /**
   * Gives a free slot to a campaign that may have it. What it held last night stays, when it can.
   */
  void give(Contender c, int slot) {
    Placement last = map.last(slot);
    Contender.Ad best = null;
    boolean kept = false;
    for (Contender.Ad candidate : c.ads) {
      if (adRefusal(candidate, slot) != null) {
        continue;
      }
      boolean keeps =
          last != null
              && last.campaign().equals(c.campaign.id())
              && last.creative().equals(candidate.creative.id());
      if (best == null || (keeps && !kept) || (!kept && candidate.placed < best.placed)) {
        best = candidate;
        kept = keeps;
      }
    }
    put(
        c,
        Objects.requireNonNull(best, "a campaign that was not refused has an ad"),
        slot,
        kept ? last : null);
  }

  private void put(Contender c, Contender.Ad chosen, int slot, @Nullable Placement keep) {
    int v = -1;
    for (int i = 0; keep != null && i < chosen.versions.length; i++) {
      if (chosen.creative.versions().get(i).original().equals(keep.original())
          && length(chosen, i) <= left(slot)) {
        v = i;
      }
    }
    if (v < 0) {
      v = chosen.nextVersion();
    }
    for (int i = 0; length(chosen, v) > left(slot); i++) {
      v = i; // the version whose turn it is does not fit; the first one that does takes its place
    }
    holder[slot] = c;
    ad[slot] = chosen;
    version[slot] = v;
    breakLeft[map.breakOf[slot]] -= length(chosen, v);
    count(c, chosen, slot, 1);
  }

  /**
   * Puts what a fixed episode holds, whatever the rules say today. Unknown campaigns and ads leave
   * the slot empty.
   */
  void hold(Contender c, int slot, Placement placement) {
    for (Contender.Ad candidate : c.ads) {
      if (candidate.creative.id().equals(placement.creative())
          && shortest(candidate) <= left(slot)) {
        put(c, candidate, slot, placement);
        return;
      }
    }
  }

  /** Takes a slot back. */
  void clear(int slot) {
    Contender c = Objects.requireNonNull(holder[slot]);
    Contender.Ad held = Objects.requireNonNull(ad[slot]);
    breakLeft[map.breakOf[slot]] += length(held, version[slot]);
    count(c, held, slot, -1);
    holder[slot] = null;
    ad[slot] = null;
  }

  private void count(Contender c, Contender.Ad held, int slot, int step) {
    filled += step;
    held.placed += step;
    held.versions[version[slot]] += step;
    c.placed += step;
    c.tonight[map.showOf[map.episodeOf[slot]]] += step;
    c.wanted -= step * worth(c, slot);
  }

  /** What a slot is worth to a campaign, in the unit of its goal. */
  double worth(Contender c, int slot) {
    return c.countsImpressions() ? map.episodes.get(map.episodeOf[slot]).expected() : 1;
  }
}
