package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened since the snapshot before: the planner learns from nothing else. Each event is told
 * once; one that is told twice or lost shifts an average and does no other harm.
 *
 * @param started tasks that a worker took
 * @param finished tasks that ran to their end; failed and handed-back ones are left out
 * @param failedLaunches launches that the fleet refused or that ended while pending
 */
public record Observations(
    List<Started> started, List<Finished> finished, List<FailedLaunch> failedLaunches) {
  /** Nothing happened, or nobody knows. */
  public static final Observations NONE = new Observations(List.of(), List.of(), List.of());

  public Observations {
    started = List.copyOf(started);
    finished = List.copyOf(finished);
    failedLaunches = List.copyOf(failedLaunches);
  }

  /**
   * A worker took a task.
   *
   * @param lane its queue
   * @param enqueuedAt when it began to wait
   * @param startedAt when the wait ended
   */
  public record Started(Lane lane, Instant enqueuedAt, Instant startedAt) {
    public Started {
      Objects.requireNonNull(lane, "lane");
      Objects.requireNonNull(enqueuedAt, "enqueuedAt");
      Objects.requireNonNull(startedAt, "startedAt");
    }
  }

  /**
   * A task ran to its end.
   *
   * @param lane its queue
   * @param profile the key under which it is learned; may be empty
   * @param service how long it took, as if on an instance of speed 1
   * @param estimate what had been expected, null if nothing was
   */
  public record Finished(Lane lane, String profile, Duration service, @Nullable Duration estimate) {
    public Finished {
      Objects.requireNonNull(lane, "lane");
      Objects.requireNonNull(profile, "profile");
      Objects.requireNonNull(service, "service");
    }
  }

  /**
   * A launch that came to nothing.
   *
   * @param kind what it would have served
   * @param type the instance type
   * @param market how it was to be bought
   * @param reason the fleet's words, such as {@code InsufficientInstanceCapacity}
   */
  public record FailedLaunch(WorkKind kind, String type, Market market, String reason) {
    public FailedLaunch {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(market, "market");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
