package io.castloom.domain.campaign;

import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.SlotKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the slots of a night lie. Slots, breaks, episodes and shows are numbers here, since a large
 * night has tens of thousands of slots; the slots of an episode follow each other in the order in
 * which they sound.
 */
final class SlotMap {
  /** Without their breaks and what they hold, which are in the columns below. */
  final List<Opportunity> episodes;

  final int slots;
  final String[] showIds;

  /** By slot. */
  final int[] episodeOf;

  final int[] breakOf;
  final SlotKind[] kindOf;
  private final String[] slotNames;
  private final @Nullable Placement[] lastOf;

  /** Episodes by a hash of their names, plus 1; 0 for none. A power of two long. */
  private final int[] table;

  /** By episode; of {@code firstSlot} there is one more, the end. */
  final int[] firstSlot;

  final int[] showOf;

  /** By episode: its neighbours in the show's feed, or -1. */
  final int[] newer;

  final int[] older;

  /** By break: how many nanoseconds it may last. */
  final long[] longest;

  SlotMap(List<Opportunity> episodes) {
    this.episodes = episodes.stream().map(Opportunity::bare).toList();
    int count = episodes.size();
    table = new int[Math.max(2, 2 * Integer.highestOneBit(Math.max(1, 2 * count - 1)))];
    firstSlot = new int[count + 1];
    showOf = new int[count];
    newer = new int[count];
    older = new int[count];
    Map<String, Integer> shows = new HashMap<>();
    Map<Integer, Integer> lastOfShow = new HashMap<>();
    List<String> ids = new ArrayList<>();
    int breaks = 0;
    for (int e = 0; e < count; e++) {
      Opportunity episode = episodes.get(e);
      Integer known = shows.get(episode.show());
      int show = known == null ? ids.size() : known;
      if (known == null) {
        shows.put(episode.show(), show);
        ids.add(episode.show());
      }
      showOf[e] = show;
      enter(e);
      Integer before = lastOfShow.put(show, e);
      newer[e] = before == null ? -1 : before;
      older[e] = -1;
      if (before != null) {
        older[before] = e;
      }
      breaks += episode.breaks().size();
      firstSlot[e + 1] =
          firstSlot[e] + episode.breaks().stream().mapToInt(b -> b.rule().slots()).sum();
    }
    showIds = ids.toArray(String[]::new);
    slots = firstSlot[count];
    episodeOf = new int[slots];
    breakOf = new int[slots];
    kindOf = new SlotKind[slots];
    slotNames = new String[slots];
    lastOf = new @Nullable Placement[slots];
    longest = new long[breaks];
    Map<String, String> names = new HashMap<>();
    int slot = 0;
    int at = 0;
    for (int e = 0; e < count; e++) {
      for (AdBreak adBreak : episodes.get(e).breaks()) {
        longest[at] = adBreak.rule().longest().toNanos();
        for (int i = 0; i < adBreak.rule().slots(); i++) {
          episodeOf[slot] = e;
          breakOf[slot] = at;
          kindOf[slot] = adBreak.kind();
          String name = names.computeIfAbsent(adBreak.slot(i), same -> same);
          slotNames[slot] = name;
          lastOf[slot] = episodes.get(e).last().get(name);
          slot++;
        }
        at++;
      }
    }
  }

  /** Of two of one name the later one counts. */
  private void enter(int episode) {
    Opportunity o = episodes.get(episode);
    table[place(o.show(), o.episode())] = episode + 1;
  }

  /** The episode of a name, or -1. */
  int find(String show, String episode) {
    return table[place(show, episode)] - 1;
  }

  /** Where an episode stands in the table, or would. */
  private int place(String show, String episode) {
    int at = (int) Mix.of(show.hashCode() * 31L + episode.hashCode()) & (table.length - 1);
    while (table[at] != 0) {
      Opportunity there = episodes.get(table[at] - 1);
      if (there.episode().equals(episode) && there.show().equals(show)) {
        return at;
      }
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  String name(int slot) {
    return slotNames[slot];
  }

  Opportunity episode(int slot) {
    return episodes.get(episodeOf[slot]);
  }

  /** What a slot held last night. */
  @Nullable Placement last(int slot) {
    return lastOf[slot];
  }

  /** Whether a slot is planned, and does not just keep what it holds. */
  boolean planned(int slot) {
    return !episode(slot).fixed();
  }

  /** The slots in an order that is the same every night and has nothing to do with shows. */
  int[] shuffled() {
    long[] keys = new long[slots];
    for (int s = 0; s < slots; s++) {
      Opportunity o = episode(s);
      keys[s] = Mix.of(Mix.of(o.show()) * 31 + Mix.of(Mix.of(o.episode())) + Mix.of(slotNames[s]));
    }
    return IntStream.range(0, slots)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(s -> keys[s]).thenComparingInt(s -> s))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
