package io.castloom.domain.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every slot of a night its ad. Pure: the same documents, night and counters give the same
 * plan, in whatever order the campaigns come. Tiers are served one after the other; within a tier
 * the campaigns with a goal first, those with the scarcest slots before the others, each as much as
 * its pace asks for tonight; then the ones without a goal share what is left. A slot keeps what it
 * held as long as all rules allow, so that unchanged episodes need not be rebuilt.
 */
public final class AdPlanner {
  /**
   * After so many slots in a row whose holders cannot move, there is no room to be made: a bound on
   * the effort.
   */
  private static final int MOST_FAILURES = 40;

  /** How often the tiers are gone through at most; two are nearly always enough. */
  private static final int MOST_ROUNDS = 4;

  private final SlotMap map;
  private final Board board;
  private final List<Contender> contenders;
  private final Map<String, Contender> byId = new HashMap<>();
  private final int[] order;

  private AdPlanner(
      List<Opportunity> episodes,
      Collection<Campaign> campaigns,
      Collection<Creative> creatives,
      LocalDate night,
      Counters counters) {
    map = new SlotMap(episodes);
    board = new Board(map);
    contenders = Contenders.of(map, campaigns, creatives, night, counters);
    contenders.forEach(c -> byId.put(c.campaign.id(), c));
    order = map.shuffled();
  }

  /**
   * Plans a night.
   *
   * @param episodes the slots; the episodes of one show in the order of its feed, newest first
   * @param campaigns all campaigns, running or not
   * @param creatives all creatives
   * @param night the date, in the show's zone
   * @param counters what campaigns have reached before the night
   */
  public static NightPlan plan(
      List<Opportunity> episodes,
      Collection<Campaign> campaigns,
      Collection<Creative> creatives,
      LocalDate night,
      Counters counters) {
    AdPlanner planner = new AdPlanner(List.copyOf(episodes), campaigns, creatives, night, counters);
    planner.run();
    return new NightPlan(night, planner.board, planner.contenders, campaigns);
  }

  private void run() {
    List<List<Integer>> kept = new ArrayList<>();
    contenders.forEach(_ -> kept.add(new ArrayList<>()));
    for (int slot = 0; slot < map.slots; slot++) {
      Placement last = map.last(slot);
      Contender c = last == null ? null : byId.get(last.campaign());
      if (c == null || last == null) {
        continue;
      }
      if (map.planned(slot)) {
        kept.get(c.index).add(slot);
      } else {
        board.hold(c, slot, last);
      }
    }
    for (Contender c : contenders) {
      c.scarcity = scarcity(c);
    }
    // what fills a slot can open another one to an ad that would have sounded twice in a row: until
    // nothing moves
    int before = -1;
    for (int round = 0; round < MOST_ROUNDS && board.filled() != before; round++) {
      before = board.filled();
      for (Tier tier : Tier.values()) {
        serve(contenders.stream().filter(c -> c.campaign.tier() == tier).toList(), kept);
      }
    }
  }

  private void serve(List<Contender> tier, List<List<Integer>> kept) {
    List<Contender> sold =
        tier.stream()
            .filter(c -> c.pace != null)
            .sorted(
                Comparator.comparingDouble((Contender c) -> -c.scarcity)
                    .thenComparingInt(c -> c.index))
            .toList();
    sold.forEach(c -> serve(c, kept.get(c.index)));
    sold.forEach(this::makeRoom);
    share(tier.stream().filter(c -> c.pace == null).toList());
  }

  private double scarcity(Contender c) {
    double supply = 0;
    for (int e = 0; e < map.episodes.size(); e++) {
      int reach = board.reach(c, e);
      supply += reach * (c.countsImpressions() ? map.episodes.get(e).expected() : 1);
    }
    return supply == 0 ? Double.MAX_VALUE : c.wanted / supply;
  }

  /**
   * Gives a campaign what it wants tonight: first what it held, then free slots from a place of its
   * own in the order.
   */
  private void serve(Contender c, List<Integer> held) {
    for (int slot : held) {
      take(c, slot);
    }
    int start = start(c);
    for (int i = 0; i < order.length && c.wanted > 0; i++) {
      take(c, order[(start + i) % order.length]);
    }
    if (c.wanted > 0 && c.countsImpressions()) {
      closest(c);
    }
  }

  private int start(Contender c) {
    return order.length == 0
        ? 0
        : (int) Long.remainderUnsigned(Mix.of(Mix.of(c.campaign.id())), order.length);
  }

  private void take(Contender c, int slot) {
    double worth = board.worth(c, slot);
    if (board.free(slot)
        && map.planned(slot)
        && worth > 0
        && worth <= c.wanted
        && board.refusal(c, slot) == null) {
      board.give(c, slot);
    }
  }

  /**
   * What is left is less than any slot's worth: one more slot, if that brings it nearer to the pace
   * than none.
   */
  private void closest(Contender c) {
    int best = -1;
    for (int slot : order) {
      double worth = board.worth(c, slot);
      if (board.free(slot)
          && map.planned(slot)
          && worth > 0
          && worth < 2 * c.wanted
          && (best < 0 || worth < board.worth(c, best))
          && board.refusal(c, slot) == null) {
        best = slot;
      }
    }
    if (best >= 0) {
      board.give(c, best);
    }
  }

  /**
   * A campaign that is short takes slots from others of its tier that can move elsewhere. Sponsors
   * and direct campaigns are promised their goals together, so that nobody may lose one slot by
   * this.
   */
  private void makeRoom(Contender c) {
    int start = start(c);
    int failures = 0;
    for (int i = 0; i < order.length && c.wanted >= 1 && failures < MOST_FAILURES; i++) {
      int slot = order[(start + i) % order.length];
      Contender other = board.holder(slot);
      if (other != null
          && other != c
          && other.pace != null
          && other.campaign.tier() == c.campaign.tier()
          && map.planned(slot)
          && board.worth(c, slot) > 0
          && board.worth(c, slot) <= c.wanted
          && board.refusal(c, slot) == null) {
        failures = moveAside(c, other, slot) ? 0 : failures + 1;
      }
    }
  }

  private boolean moveAside(Contender c, Contender other, int slot) {
    double worth = board.worth(other, slot);
    board.clear(slot);
    int start = start(other);
    for (int i = 0; i < order.length; i++) {
      int elsewhere = order[(start + i) % order.length];
      if (elsewhere != slot
          && board.free(elsewhere)
          && map.planned(elsewhere)
          && alike(worth, board.worth(other, elsewhere), other.wanted)
          && board.refusal(other, elsewhere) == null) {
        board.give(other, elsewhere);
        if (board.refusal(c, slot) == null) {
          board.give(c, slot);
          return true;
        }
        board.clear(elsewhere); // the move itself has put something in the way
      }
    }
    board.give(other, slot);
    return false;
  }

  /**
   * Whether a campaign that wants {@code wanted} with the slot {@code a} given back is as well off
   * with {@code b}.
   */
  private static boolean alike(double a, double b, double wanted) {
    return b >= 0.9 * a && b <= Math.max(a, wanted);
  }

  /**
   * Campaigns without a goal share the free slots evenly; a slot stays with its last holder while
   * that is fair.
   */
  private void share(List<Contender> free) {
    if (free.isEmpty()) {
      return;
    }
    for (int slot : order) {
      if (!board.free(slot) || !map.planned(slot)) {
        continue;
      }
      Placement last = map.last(slot);
      Contender best = null;
      Contender keeper = null;
      for (Contender c : free) {
        if (board.refusal(c, slot) == null) {
          best = best == null || before(c, best, slot) ? c : best;
          keeper = last != null && last.campaign().equals(c.campaign.id()) ? c : keeper;
        }
      }
      Contender chosen = keeps(keeper, best) ? keeper : best;
      if (chosen != null) {
        board.give(chosen, slot);
      }
    }
  }

  private static boolean keeps(@Nullable Contender keeper, @Nullable Contender best) {
    return keeper != null && best != null && keeper.placed <= best.placed + 1 + best.placed / 10;
  }

  private static boolean before(Contender a, Contender b, int slot) {
    if (a.placed != b.placed) {
      return a.placed < b.placed;
    }
    long mixA = Mix.of(Mix.of(a.campaign.id()) + slot);
    long mixB = Mix.of(Mix.of(b.campaign.id()) + slot);
    return mixA == mixB ? a.index < b.index : mixA < mixB;
  }
}
