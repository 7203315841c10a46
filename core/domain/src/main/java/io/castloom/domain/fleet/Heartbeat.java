package io.castloom.domain.fleet;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an instance says of itself, regularly and at every change of its mode.
 *
 * @param at by the instance's clock
 * @param startedAt when its process started
 * @param encoder the build of its media tools, so that mixed fleets are seen
 * @param running the tasks in its hands
 * @param done tries that ended since the last heartbeat; the oldest are left out when there are
 *     very many
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
    List<Done> done,
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

  /**
   * A task in hand.
   *
   * @param since when it was taken
   * @param estimate how long it was expected to take
   * @param progress 0 to 1
   */
  public record Running(
      TaskId task,
      WorkClass workClass,
      AccountId account,
      Instant since,
      Duration estimate,
      double progress) {}

  /**
   * A try that ended since the last heartbeat.
   *
   * @param enqueuedAt when the task began to wait
   * @param startedAt when it was taken
   * @param show the show that it was done for; null for none
   * @param produced whether it ran to its end; else it failed, or was handed back
   */
  public record Done(
      TaskId task,
      WorkClass workClass,
      AccountId account,
      Instant enqueuedAt,
      Instant startedAt,
      Instant endedAt,
      Duration estimate,
      @Nullable String show,
      boolean produced) {}

  public Heartbeat {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(mode);
    Objects.requireNonNull(at);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(encoder);
    running = List.copyOf(running);
    done = List.copyOf(done);
    acknowledged = List.copyOf(acknowledged);
  }
}
