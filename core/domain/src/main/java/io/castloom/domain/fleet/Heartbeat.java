package io.castloom.domain.fleet;

import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What an instance says of itself, regularly and at every change of its mode.
 *
 * @param at by the instance's clock
 * @param startedAt when its process started
 * @param encoder the build of its media tools, so that mixed fleets are seen
 * @param running the tasks in its hands
 * @param acknowledged ids of the commands carried out or refused since the last heartbeat, each
 *     with its result, as {@code id: result}
 */
public record Heartbeat(
    InstanceId instance,
    TaskKind kind,
    Mode mode,
    int slots,
    Instant at,
    Instant startedAt,
    String encoder,
    List<Running> running,
    List<String> acknowledged) {

  /** Whether the instance takes work. */
  public enum Mode {
    STARTING,
    WORKING,
    PAUSED,
    DRAINING,
    /** It keeps failing where others succeed, and takes no more. */
    QUARANTINED,
    STOPPED
  }

  /** A task in hand, since when, and how long it was expected to take. */
  public record Running(TaskId task, Instant since, Duration estimate, double progress) {}

  public Heartbeat {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(at);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(encoder);
    running = List.copyOf(running);
    acknowledged = List.copyOf(acknowledged);
  }
}
