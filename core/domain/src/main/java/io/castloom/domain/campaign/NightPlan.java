package io.castloom.domain.campaign;

import io.castloom.domain.show.SlotKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ads of a night: what every slot gets, and on request why. */
public final class NightPlan {
  private static final int MOST_DORMANT = 5;

  private final LocalDate night;
  private final Board board;
  private final SlotMap map;
  private final List<Contender> contenders;
  private final Map<String, Campaign> campaigns = new TreeMap<>();

  NightPlan(
      LocalDate night, Board board, List<Contender> contenders, Collection<Campaign> campaigns) {
    this.night = night;
    this.board = board;
    this.map = board.map;
    this.contenders = contenders;
    campaigns.forEach(c -> this.campaigns.put(c.id(), c));
  }

  /** The date that was planned. */
  public LocalDate night() {
    return night;
  }

  /** Whether an episode was planned. */
  public boolean has(String show, String episode) {
    return map.find(show, episode) >= 0;
  }

  /**
   * The slots of an episode in the order in which they sound.
   *
   * @throws IllegalArgumentException for an episode that was not planned
   */
  public List<SlotPlan> slots(String show, String episode) {
    int e = episode(show, episode);
    List<SlotPlan> slots = new ArrayList<>();
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      slots.add(new SlotPlan(map.name(s), map.kindOf[s], placement(s)));
    }
    return List.copyOf(slots);
  }

  /**
   * What a slot gets; in an episode that is held, what it has, even of a campaign that does not run
   * any more.
   */
  private @Nullable Placement placement(int slot) {
    return map.planned(slot) ? board.placement(slot) : map.last(slot);
  }

  /** Whether an episode gets something else than it holds, by the ads alone. */
  public boolean changes(String show, String episode) {
    int e = episode(show, episode);
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      if (!Objects.equals(placement(s), map.last(s))) {
        return true;
      }
    }
    return false;
  }

  /** How many slots carry each campaign, by campaign and show. */
  public Map<String, Map<String, Long>> insertions() {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    for (Contender c : contenders) {
      Map<String, Long> shows = new TreeMap<>();
      for (int s = 0; s < map.showIds.length; s++) {
        if (c.tonight[s] > 0) {
          shows.put(map.showIds[s], (long) c.tonight[s]);
        }
      }
      if (!shows.isEmpty()) {
        all.put(c.campaign.id(), shows);
      }
    }
    return all;
  }

  /** How many slots stay closed. */
  public int unfilled() {
    int unfilled = 0;
    for (int s = 0; s < map.slots; s++) {
      unfilled += board.free(s) ? 1 : 0;
    }
    return unfilled;
  }

  Goal.@Nullable Unit counts(String campaign) {
    Campaign known = campaigns.get(campaign);
    Goal goal = known == null ? null : known.goal();
    return goal == null ? null : goal.unit();
  }

  /**
   * Why every slot of an episode gets what it gets: first the choice, then each campaign that was
   * not chosen, those that came nearest first; campaigns that do not target the slot at all are
   * left out. Of a slot that nobody targets, a few campaigns are told that would on another night.
   *
   * @throws IllegalArgumentException for an episode that was not planned
   */
  public List<String> explain(String show, String episode) {
    int e = episode(show, episode);
    List<String> lines = new ArrayList<>();
    for (int s = map.firstSlot[e]; s < map.firstSlot[e + 1]; s++) {
      Contender chosen = board.holder(s);
      List<String> parts = new ArrayList<>();
      if (!map.planned(s)) {
        Placement held = map.last(s);
        String what = held == null ? "closed" : held.campaign();
        lines.add("slot " + map.name(s) + ": keeps what it holds (" + what + ")");
        continue;
      }
      parts.add(chosen == null ? "stays closed" : choice(chosen, s));
      int slot = s;
      contenders.stream()
          .filter(c -> c != chosen)
          .sorted(
              Comparator.comparing((Contender c) -> c.campaign.tier())
                  .thenComparingInt(c -> c.index))
          .map(c -> reason(c, chosen, slot))
          .filter(reason -> !reason.isEmpty())
          .forEach(parts::add);
      if (chosen == null && parts.size() == 1) {
        parts.set(0, "stays closed: no campaign of this night targets it");
        parts.addAll(dormant(map.episodes.get(e), map.kindOf[s]));
      }
      lines.add("slot " + map.name(s) + ": " + String.join("; ", parts));
    }
    return List.copyOf(lines);
  }

  private List<String> dormant(Opportunity o, SlotKind kind) {
    return campaigns.values().stream()
        .filter(c -> c.account().equals(o.account()) && !c.runs(night))
        .filter(c -> c.targeting().wants(o.show(), o.language(), o.categories()))
        .filter(c -> c.targeting().wants(kind) && c.targeting().wantsAge(o.ageDays()))
        .limit(MOST_DORMANT)
        .map(c -> c.id() + (c.paused() ? " is paused" : " has no flight on it"))
        .toList();
  }

  private String choice(Contender c, int slot) {
    Placement placement = board.placement(slot);
    String kept = Objects.equals(placement, map.last(slot)) ? ", as last night" : "";
    String tier = c.campaign.tier().name().toLowerCase(Locale.ROOT);
    String pace =
        c.pace == null
            ? ", shares what is left"
            : ", "
                + c.pace.words()
                + ", "
                + count(c.pace.tonight() - c.wanted)
                + " of "
                + count(c.pace.tonight())
                + " for tonight";
    return c.campaign.id() + " chosen (" + tier + pace + kept + ")";
  }

  private String reason(Contender c, @Nullable Contender chosen, int slot) {
    Refusal refusal = board.refusal(c, slot);
    String id = c.campaign.id();
    if (refusal == Refusal.SHOW || refusal == Refusal.KIND || refusal == Refusal.AGE) {
      return "";
    }
    if (refusal == Refusal.COMPETITOR) {
      Contender competitor = Objects.requireNonNull(board.competitor(c, slot));
      return id + " excluded: " + refusal.words + competitor.campaign.id();
    }
    if (refusal != null) {
      return id + " excluded: " + refusal.words;
    }
    if (c.pace != null && c.wanted <= 0) {
      return id + " has its " + count(c.pace.tonight()) + " for tonight (" + c.pace.words() + ")";
    }
    if (chosen == null) {
      return c.pace == null
          ? id + " could have it"
          : id + " wants less than the slot is worth: " + count(c.wanted) + " are left for tonight";
    }
    if (chosen.campaign.tier() != c.campaign.tier()) {
      return id + " comes after: " + c.campaign.tier().name().toLowerCase(Locale.ROOT);
    }
    return id
        + (c.pace == null
            ? " had its turn elsewhere"
            : " is " + c.pace.words() + ", and was not nearer to its goal with this slot");
  }

  private static String count(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private int episode(String show, String episode) {
    int e = map.find(show, episode);
    if (e < 0) {
      throw new IllegalArgumentException(
          "episode " + show + "/" + episode + " was not planned for " + night);
    }
    return e;
  }
}
