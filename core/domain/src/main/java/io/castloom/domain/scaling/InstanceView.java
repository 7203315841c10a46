package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One instance as the fleet and its heartbeats show it.
 *
 * @param id the fleet's name for it
 * @param kind what it serves
 * @param type its instance type's name, as in the settings
 * @param market how it was bought
 * @param state where it is in its life
 * @param launchedAt when it was asked for: billing and boot begin here
 * @param readyAt when it first took work, null before; the difference is a learned boot time
 * @param heartbeatAt when it was last heard of, null if never
 * @param idleSince since when no slot is busy, null while one is
 * @param slots tasks it works on at once, at least 1
 * @param running the tasks in its slots
 */
public record InstanceView(
    String id,
    WorkKind kind,
    String type,
    Market market,
    InstanceState state,
    Instant launchedAt,
    @Nullable Instant readyAt,
    @Nullable Instant heartbeatAt,
    @Nullable Instant idleSince,
    int slots,
    List<RunningTask> running) {
  public InstanceView {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(market, "market");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(launchedAt, "launchedAt");
    running = List.copyOf(running);
    if (slots < 1) {
      throw new IllegalArgumentException("instance " + id + " has " + slots + " slots; at least 1");
    }
  }

  /** Whether it was started by hand: it counts as capacity, and in no limit. */
  public boolean guest() {
    return market == Market.GUEST;
  }

  /** Whether it could end now without anybody noticing. */
  boolean idle() {
    return state == InstanceState.RUNNING && running.isEmpty();
  }
}
