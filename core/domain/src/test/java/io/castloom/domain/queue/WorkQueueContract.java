package io.castloom.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.Racers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link WorkQueue} and its {@link Lease}s keep of their promises. */
public abstract class WorkQueueContract {

  protected static final Duration NO_WAIT = Duration.ZERO;
  protected static final Duration MINUTE = Duration.ofMinutes(1);

  /** An empty queue of texts ({@link TextCodec}), the same one all through a test. */
  protected abstract WorkQueue<String> queue() throws IOException;

  /** A queue that does not exist. */
  protected abstract WorkQueue<String> missingQueue();

  /** Lets time pass where the clock is the test's; elsewhere it passes while one receives. */
  protected void pass(Duration time) {}

  /** How long to wait for nothing to come. */
  protected Duration silence() {
    return Duration.ofSeconds(2);
  }

  private static Outgoing<String> message(String body) {
    return Outgoing.now(body, "acme");
  }

  private Lease<String> receiveOne(Duration visibility) throws IOException {
    for (int i = 0; i < 100; i++) {
      List<Lease<String>> leases = queue().receive(1, Duration.ofSeconds(5), visibility);
      if (!leases.isEmpty()) {
        return leases.getFirst();
      }
    }
    throw new AssertionError("no message came");
  }

  private void assertSilent() throws IOException {
    assertThat(queue().receive(10, silence(), MINUTE)).isEmpty();
  }

  @Test
  void a_message_arrives_as_it_was_sent() throws Exception {
    queue().send(message("grüße, 日本 {\"a\": 1}\n"));
    Lease<String> lease = receiveOne(MINUTE);
    assertThat(lease.body()).isEqualTo("grüße, 日本 {\"a\": 1}\n");
    assertThat(lease.receiveCount()).isEqualTo(1);
    assertThat(lease.messageId()).isNotBlank();
    assertThat(lease.sentAt()).isAfter(java.time.Instant.parse("2020-01-01T00:00:00Z"));
    assertSilent();
  }

  @Test
  void a_message_that_is_not_completed_comes_back_after_its_visibility_timeout() throws Exception {
    queue().send(message("a"));
    Lease<String> first = receiveOne(Duration.ofSeconds(2));
    assertThat(queue().receive(1, NO_WAIT, MINUTE)).isEmpty();
    pass(Duration.ofSeconds(2));
    Lease<String> second = receiveOne(MINUTE);
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.receiveCount()).isEqualTo(2);
    assertThat(second.sentAt()).isEqualTo(first.sentAt());
  }

  @Test
  void a_message_that_is_completed_never_comes_back() throws Exception {
    queue().send(message("a"));
    receiveOne(Duration.ofSeconds(1)).complete();
    pass(Duration.ofSeconds(1));
    assertSilent();
  }

  @Test
  void a_heartbeat_prolongs_a_lease() throws Exception {
    queue().send(message("a"));
    Lease<String> lease = receiveOne(Duration.ofSeconds(2));
    lease.extend(Duration.ofSeconds(30));
    pass(Duration.ofSeconds(3));
    assertThat(queue().receive(1, Duration.ofSeconds(3), MINUTE)).isEmpty();
    lease.complete();
  }

  @Test
  void a_lease_that_expired_is_lost_and_its_late_completion_harmless() throws Exception {
    queue().send(message("a"));
    Lease<String> first = receiveOne(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    Lease<String> second = receiveOne(MINUTE);
    assertThatThrownBy(() -> first.extend(MINUTE))
        .isInstanceOf(LeaseLostException.class)
        .hasMessageContaining(queue().name());
    first.release(NO_WAIT);
    first.complete();
    second.complete();
    first.complete();
    second.complete();
    assertSilent();
  }

  @Test
  void a_message_that_is_given_back_comes_again_after_its_delay() throws Exception {
    queue().send(message("a"));
    receiveOne(MINUTE).release(NO_WAIT);
    Lease<String> again = receiveOne(MINUTE);
    assertThat(again.receiveCount()).isEqualTo(2);
    again.release(Duration.ofSeconds(2));
    assertThat(queue().receive(1, NO_WAIT, MINUTE)).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(receiveOne(MINUTE).receiveCount()).isEqualTo(3);
  }

  @Test
  void a_delayed_message_is_not_seen_before_its_time() throws Exception {
    queue().send(new Outgoing<>("later", "acme", Duration.ofSeconds(2)));
    assertThat(queue().receive(1, NO_WAIT, MINUTE)).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(receiveOne(MINUTE).body()).isEqualTo("later");
  }

  @Test
  void of_a_batch_only_what_failed_is_answered() throws Exception {
    List<Outgoing<String>> messages = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      messages.add(message(i == 12 ? "x".repeat(300 * 1024) : "m" + i));
    }
    List<SendFailure<String>> failed = queue().sendAll(messages);
    assertThat(failed).extracting(SendFailure::message).containsExactly(messages.get(12));
    assertThat(failed.getFirst().reason()).isNotBlank();
    Set<String> bodies = new java.util.TreeSet<>();
    drain(24).forEach(lease -> bodies.add(lease.body()));
    assertThat(bodies).hasSize(24).doesNotContain("m12");
    assertThatThrownBy(() -> queue().send(messages.get(12))).isInstanceOf(IOException.class);
  }

  private Collection<Lease<String>> drain(int count) throws IOException {
    List<Lease<String>> all = new ArrayList<>();
    for (int i = 0; i < 60 && all.size() < count; i++) {
      all.addAll(queue().receive(10, Duration.ofSeconds(1), MINUTE));
    }
    return all;
  }

  @Test
  void many_are_completed_at_once() throws Exception {
    queue().sendAll(IntStream.range(0, 23).mapToObj(i -> message("m" + i)).toList());
    Collection<Lease<String>> leases = drain(23);
    assertThat(leases).hasSize(23);
    leases.iterator().next().complete();
    queue().completeAll(leases);
    assertThat(queue().counts().total()).isZero();
  }

  @Test
  void many_are_given_back_at_once_and_come_again_after_their_delay() throws Exception {
    queue().sendAll(IntStream.range(0, 23).mapToObj(i -> message("m" + i)).toList());
    List<Lease<String>> leases = List.copyOf(drain(23));
    leases.getFirst().complete();
    queue().releaseAll(leases.subList(0, 12), NO_WAIT);
    queue().releaseAll(leases.subList(12, 23), Duration.ofSeconds(40));
    assertThat(drain(11)).hasSize(11).allMatch(lease -> lease.receiveCount() == 2);
    queue().releaseAll(leases, NO_WAIT);
    assertThat(queue().counts().total()).isEqualTo(22);
  }

  @Test
  void each_message_reaches_one_of_many_receivers() throws Exception {
    int count = 120;
    queue().sendAll(IntStream.range(0, count).mapToObj(i -> message("m" + i)).toList());
    Set<String> seen = ConcurrentHashMap.newKeySet();
    Racers.race(
        6,
        i ->
            () -> {
              for (int empty = 0; empty < 3 && seen.size() < count; ) {
                List<Lease<String>> leases = queue().receive(10, Duration.ofSeconds(1), MINUTE);
                empty = leases.isEmpty() ? empty + 1 : 0;
                leases.forEach(lease -> seen.add(lease.body()));
                queue().completeAll(leases);
              }
              return true;
            });
    assertThat(seen).hasSize(count);
  }

  @Test
  void a_long_poll_wakes_within_a_second() throws Exception {
    try (ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<Long> sent =
          later.schedule(
              () -> {
                queue().send(message("wake"));
                return System.nanoTime();
              },
              300,
              TimeUnit.MILLISECONDS);
      receiveOne(MINUTE);
      assertThat(Duration.ofNanos(System.nanoTime() - sent.get()))
          .isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void counts_tell_what_waits_what_is_in_hand_and_what_is_delayed() throws Exception {
    queue().sendAll(List.of(message("a"), message("b"), message("c")));
    queue().send(new Outgoing<>("d", "acme", MINUTE));
    Lease<String> lease = receiveOne(MINUTE);
    assertThat(queue().counts()).isEqualTo(new QueueCounts(2, 1, 1));
    lease.complete();
    assertThat(queue().counts()).isEqualTo(new QueueCounts(2, 0, 1));
  }

  @Test
  void limits_of_the_service_are_checked_before_it_is_asked() throws Exception {
    for (int max : new int[] {0, 11}) {
      assertThatThrownBy(() -> queue().receive(max, NO_WAIT, MINUTE))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> queue().receive(1, Duration.ofSeconds(21), MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(1, NO_WAIT, Duration.ofHours(13)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(1, NO_WAIT, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_missing_queue_is_named() {
    WorkQueue<String> missing = missingQueue();
    assertThatThrownBy(() -> missing.send(message("a")))
        .isInstanceOf(NoSuchQueueException.class)
        .hasMessageContaining(missing.name());
    assertThatThrownBy(() -> missing.sendAll(List.of(message("a"))))
        .isInstanceOf(NoSuchQueueException.class);
    assertThatThrownBy(() -> missing.receive(1, NO_WAIT, MINUTE))
        .isInstanceOf(NoSuchQueueException.class)
        .hasMessageContaining(missing.name());
    assertThatThrownBy(missing::counts).isInstanceOf(NoSuchQueueException.class);
  }
}
