package io.castloom.domain.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartPlannerProperties {
  private static final PartLimits SMALL = new PartLimits(5, 1000, 10_000);
  private static final double NEVER_PLAIN = 2;

  private static List<Run> runs(long seed, int most) {
    Random random = new Random(seed);
    List<Run> runs = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      int length = 1 + random.nextInt(random.nextBoolean() ? 4 : most);
      runs.add(
          random.nextInt(3) == 0
              ? new Run.Own(length)
              : new Run.Stored("o" + random.nextInt(3), random.nextInt(3) * 4L, length));
    }
    return runs;
  }

  /** The fewest own bytes, by trying every part at every byte. */
  private static long bruteForce(List<Run> runs, long least) {
    int total = (int) runs.stream().mapToLong(Run::length).sum();
    String[] object = new String[total];
    long[] offset = new long[total];
    int at = 0;
    for (Run run : runs) {
      for (int i = 0; i < run.length(); i++, at++) {
        if (run instanceof Run.Stored(String name, long from, long _)) {
          object[at] = name;
          offset[at] = from + i;
        }
      }
    }
    long[] fewest = new long[total + 1];
    Arrays.fill(fewest, Long.MAX_VALUE / 2);
    fewest[total] = 0;
    for (int from = total - 1; from >= 0; from--) {
      boolean copyable = object[from] != null;
      for (int to = from + 1; to <= total; to++) {
        copyable &=
            to == from + 1
                || (object[to - 1] != null
                    && object[to - 1].equals(object[from])
                    && offset[to - 1] == offset[from] + to - 1 - from);
        if (to - from >= least || to == total) {
          fewest[from] = Math.min(fewest[from], fewest[to] + (copyable ? 0 : to - from));
        }
      }
    }
    return fewest[0];
  }

  @Property(tries = 3000)
  void no_plan_sends_fewer_bytes(@ForAll long seed) {
    List<Run> runs = runs(seed, 25);
    SplicePlan plan = PartPlanner.plan(runs, SMALL, NEVER_PLAIN);
    assertThat(plan.throughUs()).as("%s", runs).isEqualTo(bruteForce(runs, 5));
  }

  @Property(tries = 2000)
  void the_parts_are_the_object_and_keep_the_limits(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int mostParts) {
    List<Run> runs = runs(seed, 200);
    long total = runs.stream().mapToLong(Run::length).sum();
    PartLimits limits = new PartLimits(5, Math.max(10, total / 2 + 1), mostParts);
    if (PartPlanner.plan(runs, limits, 0.4) instanceof SplicePlan.Multipart(List<Part> parts)) {
      assertThat(parts.size()).isLessThanOrEqualTo(mostParts + 2);
      for (int i = 0; i < parts.size(); i++) {
        assertThat(parts.get(i).length())
            .isBetween(i == parts.size() - 1 ? 1L : 5L, limits.mostPart());
      }
      assertThat(spelled(runs, parts)).isEqualTo(spelled(runs, List.of(new Part.Sent(0, total))));
    }
  }

  /** Every byte of the object by its origin. */
  private static List<String> spelled(List<Run> runs, List<Part> parts) {
    List<String> bytes = new ArrayList<>();
    for (Run run : runs) {
      for (long i = 0; i < run.length(); i++) {
        bytes.add(
            run instanceof Run.Stored(String name, long from, long _)
                ? name + ":" + (from + i)
                : "own:" + bytes.size());
      }
    }
    List<String> made = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Sent(long from, long length) ->
            made.addAll(bytes.subList((int) from, (int) (from + length)));
        case Part.Copied(Run.Stored(String name, long from, long length)) -> {
          for (long i = 0; i < length; i++) {
            made.add(name + ":" + (from + i));
          }
        }
      }
    }
    return made;
  }

  private static List<Run> episode(int bytesPerSecond, int minutes, int mids) {
    List<Run> runs = new ArrayList<>();
    runs.add(new Run.Own(60_000));
    runs.add(new Run.Stored("intro", 0, 10L * bytesPerSecond));
    runs.add(new Run.Stored("pre", 0, 30L * bytesPerSecond));
    long part = minutes * 60L * bytesPerSecond / (mids + 1);
    for (int m = 0; m <= mids; m++) {
      runs.add(new Run.Stored("body", m * part, part));
      runs.add(new Run.Stored(m < mids ? "mid" + m : "post", 0, 30L * bytesPerSecond));
    }
    runs.add(new Run.Stored("outro", 0, 10L * bytesPerSecond));
    return runs;
  }

  /** The table of docs/media.md, section 4. */
  @Example
  void the_figures_of_the_design_come_out() {
    check(episode(16_000, 60, 1), 59.4, 11.1, 18.7);
    check(episode(16_000, 60, 0), 58.9, 5.9, 10.0);
    check(episode(24_000, 180, 2), 262.6, 16.7, 6.4);
    check(episode(8_000, 30, 1), 15.3, 8.1, 53.1);
    assertThat(PartPlanner.plan(episode(8_000, 30, 1))).isInstanceOf(SplicePlan.PlainPut.class);
  }

  private static void check(List<Run> runs, double megabytes, double through, double percent) {
    SplicePlan plan = PartPlanner.plan(runs, PartLimits.S3, NEVER_PLAIN);
    assertThat(plan.bytes() / 1e6).isCloseTo(megabytes, org.assertj.core.data.Offset.offset(0.05));
    assertThat(plan.throughUs() / 1e6)
        .isCloseTo(through, org.assertj.core.data.Offset.offset(0.05));
    assertThat(plan.share() * 100).isCloseTo(percent, org.assertj.core.data.Offset.offset(0.06));
  }

  @Example
  void an_object_larger_than_a_part_is_split_and_a_small_one_is_put() {
    PartLimits limits = new PartLimits(5, 20, 100);
    SplicePlan plan =
        PartPlanner.plan(List.of(new Run.Stored("o", 0, 50), new Run.Own(3)), limits, 0.5);
    assertThat(plan)
        .isEqualTo(
            new SplicePlan.Multipart(
                List.of(
                    new Part.Copied(new Run.Stored("o", 0, 16)),
                    new Part.Copied(new Run.Stored("o", 16, 17)),
                    new Part.Copied(new Run.Stored("o", 33, 17)),
                    new Part.Sent(50, 3))));
    assertThat(PartPlanner.plan(List.of(new Run.Own(50)), limits, 0.5).throughUs()).isEqualTo(50);
    assertThat(PartPlanner.plan(List.of(new Run.Own(3)), limits, 0.5))
        .isEqualTo(new SplicePlan.PlainPut(3));
  }

  @Example
  void a_very_large_object_has_at_most_ten_thousand_parts() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      runs.add(new Run.Stored("o" + i % 2, 0, 6L << 20));
    }
    SplicePlan plan = PartPlanner.plan(runs, PartLimits.S3, NEVER_PLAIN);
    assertThat(((SplicePlan.Multipart) plan).parts()).hasSizeLessThanOrEqualTo(10_000);
  }
}
