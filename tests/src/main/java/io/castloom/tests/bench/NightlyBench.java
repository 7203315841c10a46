package io.castloom.tests.bench;

import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A night over an archive on the embedded store: what it costs to find that an episode is the same,
 * what a changed one costs and how much of that is the store's, and what memory it takes. A smaller
 * one: {@code CASTLOOM_JAVA_OPTS="-Dbench.small=100 -Dbench.episodes=1000"}.
 */
public final class NightlyBench implements Benchmark {

  private static final int SMALL = Integer.getInteger("bench.small", 1_000);
  private static final int LARGE = Integer.getInteger("bench.episodes", 10_000);
  private static final int PER_SHOW = Math.min(1_000, SMALL);
  private static final int MOST_ASSEMBLED = 25;
  private static final double UNCHANGED_PER_SECOND = 1_000;

  /** How much more may be alive with ten times the episodes, all in shows of the same size. */
  private static final double MORE_MEMORY = 1.25;

  @Override
  public String name() {
    return "nightly";
  }

  @Override
  public String about() {
    return "a night over " + LARGE + " episodes of which 5 % changed, on the embedded store";
  }

  @Override
  public Duration length() {
    return Duration.ofMinutes(3);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws Exception {
    List<Measure> measures = new ArrayList<>();
    try (NightlyHouse house = new NightlyHouse()) {
      NightlyArchive archive = house.archive();
      archive.campaigns();
      archive.shows(0, SMALL / PER_SHOW, PER_SHOW);
      house.settle();
      say.accept(SMALL + " episodes are stored");
      NightlyHouse.Heap small = house.heapOfANight();
      archive.shows(SMALL / PER_SHOW, LARGE / PER_SHOW, PER_SHOW);
      house.settle();
      say.accept(LARGE + " episodes are stored");
      NightlyHouse.Timed same = house.night();
      if (same.rebuild() > 0) {
        throw new IllegalStateException(same.rebuild() + " of " + LARGE + " are not settled");
      }
      measures.add(
          plain(
              "unchanged episodes",
              same.skipped() / same.seconds(),
              "1/s",
              Measure.Goal.atLeast(UNCHANGED_PER_SECOND)));
      measures.add(plain("of that the store", same.storeSeconds() / same.seconds(), "", null));
      measures.add(plain("calls to the store for all", (double) same.calls(), "calls", null));
      double more = LARGE - SMALL;
      NightlyHouse.Heap large = house.heapOfANight();
      // the embedded store keeps timers of its latest calls, so each night is held against its own
      // rest
      measures.add(
          Measure.ratio(
              "nightly",
              "most live heap, %,d against %,d".formatted(LARGE, SMALL),
              (small.after() + large.own()) / 1e6,
              "MB",
              small.most() / 1e6,
              Measure.Goal.atMost(MORE_MEMORY)));
      measures.add(
          plain("more of it per episode", (double) (large.own() - small.own()) / more, "B", null));
      int changed = LARGE / 20;
      archive.change(changed);
      say.accept(changed + " are changed");
      NightlyHouse.Timed some = house.night();
      measures.add(plain("planning with 5 % changed", some.seconds(), "s", null));
      measures.add(plain("to rebuild", some.rebuild(), "", null));
      NightlyHouse.Assembled made = house.assemble(Math.min(changed, MOST_ASSEMBLED));
      measures.add(
          plain("a changed episode (an hour)", made.seconds() / made.episodes(), "s", null));
      measures.add(plain("of that the store", made.storeSeconds() / made.seconds(), "", null));
      measures.add(plain("bytes through us", made.ownBytes() / (double) made.bytes(), "", null));
    }
    return measures;
  }

  private static Measure plain(
      String measure, double value, String unit, Measure.@Nullable Goal goal) {
    return Measure.plain("nightly", measure, value, unit, goal);
  }
}
