package io.castloom.domain.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ControlChannel} keeps of its promises. */
public abstract class ControlChannelContract {

  private final InstanceId one = someInstance();
  private final InstanceId other = someInstance();

  /** A channel whose codec is {@link PauseCodec}, the same one all through a test. */
  protected abstract ControlChannel channel();

  private static InstanceId someInstance() {
    return new InstanceId("i-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17));
  }

  private static Directive pause(String reason) {
    return new Directive(
        "d-" + reason,
        new Command.Pause(reason),
        Instant.parse("2026-11-25T12:00:00Z"),
        Duration.ofMinutes(5));
  }

  private static List<Directive> receive(WorkQueue<Directive> queue) throws IOException {
    List<Lease<Directive>> leases =
        queue.receive(10, Duration.ofSeconds(1), Duration.ofSeconds(30));
    queue.completeAll(leases);
    return leases.stream().map(Lease::body).toList();
  }

  @Test
  void a_command_reaches_its_instance_and_no_other() throws Exception {
    WorkQueue<Directive> mine = channel().open(one);
    WorkQueue<Directive> theirs = channel().open(other);
    channel().send(one, pause("cleaning"));
    assertThat(receive(mine)).containsExactly(pause("cleaning"));
    assertThat(receive(theirs)).isEmpty();
    channel().remove(one);
    channel().remove(other);
  }

  @Test
  void opening_again_keeps_what_waits() throws Exception {
    channel().open(one);
    channel().send(one, pause("first"));
    assertThat(receive(channel().open(one))).containsExactly(pause("first"));
    channel().remove(one);
  }

  @Test
  void a_command_to_an_instance_without_a_queue_is_refused_by_name() {
    assertThatThrownBy(() -> channel().send(one, pause("nobody")))
        .isInstanceOf(NoSuchQueueException.class)
        .hasMessageContaining(one.value());
  }

  @Test
  void a_removed_queue_is_not_listed_and_takes_nothing() throws Exception {
    channel().open(one);
    channel().open(other);
    channel().send(one, pause("a"));
    assertThat(channel().list()).contains(one, other);
    channel().remove(one);
    channel().remove(one);
    assertThat(channel().list()).contains(other).doesNotContain(one);
    assertThatThrownBy(() -> channel().send(one, pause("b")))
        .isInstanceOf(NoSuchQueueException.class);
    channel().remove(other);
  }
}
