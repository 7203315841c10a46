package io.castloom.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetters} keeps of its promises, together with its queue. */
public abstract class DeadLettersContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** An empty queue of texts that gives up after 5 deliveries, the same one all through a test. */
  protected abstract WorkQueue<String> queue() throws IOException;

  private List<Lease<String>> receive() throws IOException {
    return queue().receive(1, SECOND, MINUTE);
  }

  private DeadLetters.DeadLetter only() throws IOException {
    List<DeadLetters.DeadLetter> letters = queue().deadLetters().list(100);
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }

  @Test
  void a_message_received_too_often_is_kept_until_it_is_sent_again() throws Exception {
    queue().send(Outgoing.now("poison", "acme"));
    for (int i = 1; i <= 5; i++) {
      List<Lease<String>> leases = receive();
      assertThat(leases).as("delivery %d", i).hasSize(1);
      leases.getFirst().release(Duration.ZERO);
    }
    assertThat(receive()).isEmpty();
    DeadLetters.DeadLetter letter = only();
    assertThat(letter.raw()).isEqualTo("poison");
    assertThat(letter.reason()).isNotBlank();
    assertThat(queue().deadLetters().count()).isEqualTo(1);
    assertThat(queue().deadLetters().redrive(letter.messageId())).isTrue();
    assertThat(queue().deadLetters().count()).isZero();
    Lease<String> again = receive().getFirst();
    assertThat(again.body()).isEqualTo("poison");
    assertThat(again.receiveCount()).isEqualTo(1);
  }

  @Test
  void a_body_that_cannot_be_decoded_is_never_handed_out() throws Exception {
    queue().send(Outgoing.now("undecodable rubbish", "acme"));
    queue().send(Outgoing.now("good", "acme"));
    List<Lease<String>> leases = new java.util.ArrayList<>(receive());
    for (int i = 0; i < 10 && leases.isEmpty(); i++) {
      leases.addAll(receive());
    }
    assertThat(leases.getFirst().body()).isEqualTo("good");
    assertThat(receive()).isEmpty();
    assertThat(only().raw()).isEqualTo("undecodable rubbish");
    assertThat(only().reason()).contains("at character 0");
  }

  @Test
  void a_buried_message_has_its_reason_and_can_be_dropped() throws Exception {
    queue().deadLetters().bury("buried", "failed 3 times: no space left — on disk\u0001");
    DeadLetters.DeadLetter letter = only();
    assertThat(letter.raw()).isEqualTo("buried");
    assertThat(letter.reason()).startsWith("failed 3 times: no space left — on disk");
    assertThat(queue().deadLetters().drop(letter.messageId())).isTrue();
    assertThat(queue().deadLetters().drop(letter.messageId())).isFalse();
    assertThat(queue().deadLetters().redrive(letter.messageId())).isFalse();
    assertThat(queue().deadLetters().list(10)).isEmpty();
    assertThat(receive()).isEmpty();
  }

  @Test
  void looking_changes_nothing() throws Exception {
    for (int i = 0; i < 23; i++) {
      queue().deadLetters().bury("letter " + i, "reason " + i);
    }
    assertThat(queue().deadLetters().list(5)).hasSize(5);
    for (int i = 0; i < 3; i++) {
      assertThat(queue().deadLetters().list(100))
          .extracting(DeadLetters.DeadLetter::raw)
          .doesNotHaveDuplicates()
          .hasSize(23);
    }
    assertThat(queue().deadLetters().count()).isEqualTo(23);
    assertThatThrownBy(() -> queue().deadLetters().list(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
