package io.castloom.domain.splice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what the store copies itself, so that the fewest bytes pass through us. A copied part but
 * the last needs the least size; so does each part of own bytes before or between copied ones,
 * which then borrows from its neighbours, and they must stay large enough. The choice is a walk
 * over the stored runs; for each run that could be copied last so far, only the ways are kept that
 * are not beaten both in bytes and in what the run could still lend.
 */
public final class PartPlanner {
  /** Above this share through us, a plain PUT is as good and simpler. */
  public static final double PLAIN_PUT_ABOVE = 0.5;

  private final PartLimits limits;
  private final List<Run> runs;
  private final long total;
  private final long least;

  private PartPlanner(List<Run> runs, PartLimits limits) {
    this.limits = limits;
    this.runs = merged(runs);
    this.total = runs.stream().mapToLong(Run::length).sum();
    // parts of at least a 10,000th of the object are never more than 10,000
    this.least =
        Math.max(limits.leastPart(), (total + limits.mostParts() - 1) / limits.mostParts());
  }

  /**
   * Plans an object on S3.
   *
   * @param runs the object's bytes in order
   */
  public static SplicePlan plan(List<Run> runs) {
    return plan(runs, PartLimits.S3, PLAIN_PUT_ABOVE);
  }

  /**
   * Plans an object.
   *
   * @param runs the object's bytes in order
   * @param limits the store's
   * @param plainPutAbove the share through us above which a plain PUT is taken, when the object is
   *     small enough for one
   * @throws IllegalArgumentException when the object is larger than {@code mostPart} times {@code
   *     mostParts}
   */
  public static SplicePlan plan(List<Run> runs, PartLimits limits, double plainPutAbove) {
    PartPlanner planner = new PartPlanner(runs, limits);
    if (planner.least > limits.mostPart()) {
      throw new IllegalArgumentException(
          "an object of " + planner.total + " bytes is too large for the store");
    }
    Way best = planner.best();
    boolean plain = best == null || best.cost > plainPutAbove * planner.total;
    if (plain && planner.total <= limits.mostPart()) {
      return new SplicePlan.PlainPut(planner.total);
    }
    return new SplicePlan.Multipart(planner.parts(best));
  }

  /**
   * A way to make the object up to the end of a copied run, which may still lend {@code slack}
   * bytes at its end.
   */
  private record Way(
      long start,
      long end,
      Run.Stored run,
      long slack,
      long cost,
      int parts,
      @Nullable Way before,
      long lent,
      long borrowed) {}

  private @Nullable Way best() {
    List<List<Way>> fronts = new ArrayList<>();
    Way best = null;
    long at = 0;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      if (run instanceof Run.Stored stored && (run.length() >= least || i == runs.size() - 1)) {
        long room = run.length() - (i == runs.size() - 1 ? 1 : least);
        List<Way> front = new ArrayList<>();
        add(front, way(null, at, stored, room));
        for (List<Way> earlier : fronts) {
          for (Way way : earlier) {
            add(front, way(way, at, stored, room));
          }
        }
        for (Way way : front) {
          if (best == null || better(finished(way), way.parts, finished(best), best.parts)) {
            best = way;
          }
        }
        fronts.add(front);
      }
      at += run.length();
    }
    return best == null ? null : closed(best);
  }

  private long finished(Way way) {
    return way.cost + total - way.end;
  }

  private Way closed(Way way) {
    return new Way(
        way.start,
        way.end,
        way.run,
        way.slack,
        finished(way),
        way.parts,
        way.before,
        way.lent,
        way.borrowed);
  }

  private static boolean better(long cost, int parts, long otherCost, int otherParts) {
    return cost < otherCost || (cost == otherCost && parts < otherParts);
  }

  /** The way that copies a run after another way, or null when neighbours cannot lend enough. */
  private @Nullable Way way(@Nullable Way before, long start, Run.Stored run, long room) {
    long gap = start - (before == null ? 0 : before.end);
    long cost = before == null ? 0 : before.cost;
    int parts = (before == null ? 0 : before.parts) + (gap == 0 ? 1 : 2);
    long missing = gap == 0 ? 0 : Math.max(0, least - gap);
    long lent = before == null ? 0 : Math.min(missing, before.slack);
    long borrowed = missing - lent;
    if (borrowed > room) {
      return null;
    }
    return new Way(
        start,
        start + run.length(),
        run,
        room - borrowed,
        cost + gap + missing,
        parts,
        before,
        lent,
        borrowed);
  }

  private static void add(List<Way> front, @Nullable Way way) {
    if (way == null) {
      return;
    }
    for (Way other : front) {
      if (other.slack >= way.slack && !better(way.cost, way.parts, other.cost, other.parts)) {
        return;
      }
    }
    front.removeIf(
        other -> way.slack >= other.slack && !better(other.cost, other.parts, way.cost, way.parts));
    front.add(way);
  }

  private List<Part> parts(@Nullable Way last) {
    List<Way> ways = new ArrayList<>();
    for (Way way = last; way != null; way = way.before) {
      ways.addFirst(way);
    }
    List<Part> parts = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      long from = way.start + way.borrowed;
      long to = way.end - (i + 1 < ways.size() ? ways.get(i + 1).lent : 0);
      sent(at, from, parts);
      copied(way.run, from - way.start, to - way.start, parts);
      at = to;
    }
    sent(at, total, parts);
    return parts;
  }

  /** Splits what is larger than a part may be into parts of about the same size. */
  private void sent(long from, long to, List<Part> parts) {
    long count = Math.ceilDiv(to - from, limits.mostPart());
    for (long i = 0; i < count; i++) {
      long start = from + (to - from) * i / count;
      parts.add(new Part.Sent(start, from + (to - from) * (i + 1) / count - start));
    }
  }

  private void copied(Run.Stored run, long from, long to, List<Part> parts) {
    long count = Math.ceilDiv(to - from, limits.mostPart());
    for (long i = 0; i < count; i++) {
      long start = from + (to - from) * i / count;
      long end = from + (to - from) * (i + 1) / count;
      parts.add(new Part.Copied(new Run.Stored(run.object(), run.offset() + start, end - start)));
    }
  }

  private static List<Run> merged(List<Run> runs) {
    List<Run> merged = new ArrayList<>();
    for (Run run : runs) {
      Run last = merged.isEmpty() ? null : merged.getLast();
      if (last instanceof Run.Own(long length) && run instanceof Run.Own own) {
        merged.removeLast();
        merged.add(new Run.Own(length + own.length()));
      } else if (last instanceof Run.Stored before
          && run instanceof Run.Stored next
          && before.meets(next)) {
        merged.removeLast();
        merged.add(
            new Run.Stored(before.object(), before.offset(), before.length() + next.length()));
      } else {
        merged.add(run);
      }
    }
    return merged;
  }
}
