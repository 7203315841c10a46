package io.castloom.domain.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A break that an episode really has.
 *
 * @param name {@code pre}, {@code mid-1}, {@code mid-2}, ..., {@code post}; the number is the cue
 *     point's
 * @param kind where it lies
 * @param at body time where it opens; zero for pre; for post it is not used
 * @param rule how much it may hold
 */
public record AdBreak(String name, SlotKind kind, Duration at, BreakRule rule) {
  /** Checks that nothing is null. */
  public AdBreak {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(at);
    Objects.requireNonNull(rule);
  }

  /**
   * The name of one of its slots, counted from 0: the break's own when it has one slot, else {@code
   * mid-1.2}.
   */
  public String slot(int index) {
    return rule.slots() == 1 ? name : name + "." + (index + 1);
  }

  /** The same break without its time. */
  public AdBreak anywhere() {
    return new AdBreak(name, kind, Duration.ZERO, rule);
  }

  /** The breaks of an episode that are open, in the order in which they sound. */
  public static List<AdBreak> of(Show show, Episode episode) {
    return all(episode.breaks(show), episode.cuePoints()).stream()
        .filter(adBreak -> adBreak.rule.slots() > 0)
        .filter(adBreak -> !episode.overrides().closed().contains(adBreak.name))
        .toList();
  }

  static List<AdBreak> all(BreakTemplate template, List<CuePoint> cuePoints) {
    List<AdBreak> all = new ArrayList<>();
    all.add(new AdBreak("pre", SlotKind.PRE, Duration.ZERO, template.pre()));
    for (int i = 0; i < Math.min(cuePoints.size(), template.mostMids()); i++) {
      all.add(new AdBreak("mid-" + (i + 1), SlotKind.MID, cuePoints.get(i).at(), template.mid()));
    }
    all.add(new AdBreak("post", SlotKind.POST, Duration.ZERO, template.post()));
    return all;
  }
}
