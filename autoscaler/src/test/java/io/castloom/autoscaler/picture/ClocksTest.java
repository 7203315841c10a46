package io.castloom.autoscaler.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClocksTest {
  private static final InstanceId ONE = new InstanceId("i-1");
  private static final Duration TASK = Duration.ofSeconds(40);

  private final Clocks clocks = new Clocks();
  private final Instant now = Samples.NOW;

  /** Of an instance whose clock is so much ahead; it just ended a task. */
  private static Heartbeat beat(Instant really, Duration ahead) {
    Instant said = really.plus(ahead);
    TaskId task = new TaskId(Samples.aJob().id(), "encode-mp3-128");
    WorkClass normal = WorkClass.ofSlug("transcode-normal");
    return new Heartbeat(
        ONE,
        TaskKind.TRANSCODE,
        Heartbeat.Mode.WORKING,
        1,
        said,
        said.minusSeconds(500),
        "lame",
        List.of(
            new Heartbeat.Running(
                task, normal, Samples.DEMO, said.minusSeconds(7), Duration.ofSeconds(60), 0.1)),
        List.of(
            new Heartbeat.Done(
                task,
                normal,
                Samples.DEMO,
                really.minusSeconds(60),
                said.minus(TASK),
                said,
                Duration.ofSeconds(60),
                null,
                true)),
        List.of());
  }

  @Test
  void times_of_a_clock_that_is_right_stay_as_they_are() {
    Heartbeat right = beat(now, Duration.ofMillis(-300));
    assertThat(clocks.righted(right, now)).isSameAs(right);
    assertThat(clocks.greatest(now)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void times_of_a_clock_that_is_ahead_or_behind_are_put_right() {
    for (Duration ahead : List.of(Duration.ofMinutes(10), Duration.ofMinutes(-10))) {
      Clocks fresh = new Clocks();
      Heartbeat heard = fresh.righted(beat(now, ahead), now);
      assertThat(heard.at()).isEqualTo(now);
      assertThat(heard.running().getFirst().since()).isEqualTo(now.minusSeconds(7));
      Heartbeat.Done done = heard.done().getFirst();
      assertThat(Duration.between(done.startedAt(), done.endedAt())).isEqualTo(TASK);
      assertThat(Duration.between(done.enqueuedAt(), done.startedAt()))
          .as("the wait, from another's clock")
          .isEqualTo(Duration.ofSeconds(20));
      assertThat(fresh.greatest(now)).isEqualTo(Duration.ofMinutes(10));
    }
  }

  @Test
  void a_message_that_was_long_on_its_way_does_not_make_a_clock_wrong() {
    clocks.righted(beat(now, Duration.ZERO), now);
    Instant later = now.plusSeconds(15);
    Heartbeat late = beat(later, Duration.ZERO);
    assertThat(clocks.righted(late, later.plusSeconds(35))).isSameAs(late);
    assertThat(clocks.greatest(later)).isZero();
  }

  @Test
  void a_clock_that_was_corrected_is_believed_again() {
    Instant at = now;
    for (int i = 0; i < 3; i++) {
      clocks.righted(beat(at, Duration.ofMinutes(3)), at);
      at = at.plusSeconds(15);
    }
    for (int i = 0; i < 4; i++) {
      clocks.righted(beat(at, Duration.ZERO), at);
      at = at.plusSeconds(15);
    }
    Heartbeat right = beat(at, Duration.ZERO);
    assertThat(clocks.righted(right, at)).isSameAs(right);
  }

  @Test
  void an_instance_that_is_silent_counts_no_more() {
    clocks.righted(beat(now, Duration.ofMinutes(3)), now);
    assertThat(clocks.greatest(now.plus(Duration.ofMinutes(5)))).isZero();
  }
}
