package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {

  private final List<List<String>> calls = new ArrayList<>();
  private int faults;

  private Batch<String> batch() {
    return new Batch<>(
        "removal",
        10,
        Duration.ofMillis(1),
        things -> {
          calls.add(things);
          if (faults-- > 0) {
            throw new IOException("status 503");
          }
        });
  }

  @Test
  void what_was_gathered_is_dealt_with_in_one_call() {
    Batch<String> batch = batch();
    batch.add("a");
    batch.add("b");
    batch.flush();
    batch.flush();
    assertThat(calls).containsExactly(List.of("a", "b"));
  }

  @Test
  void a_call_that_fails_is_made_again() {
    faults = 2;
    Batch<String> batch = batch();
    batch.await(batch.add("a"));
    assertThat(calls).containsExactly(List.of("a"), List.of("a"), List.of("a"));
  }

  @Test
  void a_call_that_keeps_failing_is_given_up_and_holds_nobody() {
    faults = 3;
    Batch<String> batch = batch();
    batch.await(batch.add("a"));
    assertThat(calls).hasSize(3);
    batch.await(batch.add("b"));
    assertThat(calls).hasSize(4).last().isEqualTo(List.of("b"));
  }
}
