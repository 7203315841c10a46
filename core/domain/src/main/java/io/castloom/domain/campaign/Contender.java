package io.castloom.domain.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A campaign while a night is planned: what it may, what it wants, what it has got. */
final class Contender {
  final int index;
  final Campaign campaign;
  final @Nullable Pace pace;
  final List<Ad> ads;

  /** By show: whether the targeting covers it. */
  final boolean[] wantsShow;

  /** By show: insertions before tonight, and tonight. */
  final long[] before;

  final int[] tonight;

  /** By contender: how far the two have to be kept apart, or null. */
  final Exclusions.@Nullable Within[] apart;

  /** What it still wants tonight, in the unit of its goal; unused without one. */
  double wanted;

  /** How scarce its slots are: what it wants over what there is. */
  double scarcity;

  int placed;

  /** One of its ads. */
  static final class Ad {
    final Creative creative;
    int placed;
    final int[] versions;

    Ad(Creative creative) {
      this.creative = creative;
      this.versions = new int[creative.versions().size()];
    }

    /** The version that is furthest behind its weight; the earlier one of equals. */
    int nextVersion() {
      int all = creative.versions().stream().mapToInt(Creative.Version::weight).sum();
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < versions.length; i++) {
        double lag =
            (double) creative.versions().get(i).weight() / all * (placed + 1) - versions[i];
        if (lag > most + 1e-9) {
          most = lag;
          best = i;
        }
      }
      return best;
    }
  }

  Contender(
      int index, Campaign campaign, @Nullable Pace pace, List<Ad> ads, int shows, int contenders) {
    this.index = index;
    this.campaign = campaign;
    this.pace = pace;
    this.ads = ads;
    this.wantsShow = new boolean[shows];
    this.before = new long[shows];
    this.tonight = new int[shows];
    this.apart = new Exclusions.@Nullable Within[contenders];
    this.wanted = pace == null ? 0 : pace.tonight();
  }

  boolean countsImpressions() {
    Goal goal = campaign.goal();
    return goal != null && goal.unit() == Goal.Unit.IMPRESSIONS;
  }

  /**
   * How far two campaigns have to be kept apart: the stricter word of the two, or null when they do
   * not compete.
   */
  static Exclusions.@Nullable Within apart(Campaign a, Campaign b) {
    if (a.advertiser().equals(b.advertiser())) {
      return null;
    }
    boolean compete =
        a.exclusions().groups().stream().anyMatch(b.exclusions().groups()::contains)
            || a.exclusions().advertisers().contains(b.advertiser())
            || b.exclusions().advertisers().contains(a.advertiser());
    if (!compete) {
      return null;
    }
    boolean episode =
        says(a, b) == Exclusions.Within.EPISODE || says(b, a) == Exclusions.Within.EPISODE;
    return episode ? Exclusions.Within.EPISODE : Exclusions.Within.BREAK;
  }

  /**
   * What one says about the other; somebody who says nothing about competitors is not the stricter
   * one.
   */
  private static Exclusions.@Nullable Within says(Campaign one, Campaign other) {
    Exclusions exclusions = one.exclusions();
    boolean means =
        exclusions.advertisers().contains(other.advertiser())
            || exclusions.groups().stream().anyMatch(other.exclusions().groups()::contains);
    return means ? exclusions.within() : null;
  }
}
