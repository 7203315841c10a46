package io.castloom.aws.sqs;

import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.LeaseLostException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A received message. The lease counts its own time, by the monotonic clock: an old receipt may
 * still work at SQS while somebody else has the message.
 */
final class SqsLease<T> implements Lease<T> {

  private static final Duration MAX = Duration.ofHours(12); // SQS's cap, from the receive on

  private final SqsAddress queue;
  private final Message message;
  private final T body;
  private final long endNanos;
  private volatile long deadlineNanos;

  SqsLease(SqsAddress queue, Message message, T body, Duration visibility) {
    this.queue = queue;
    this.message = message;
    this.body = body;
    long now = System.nanoTime();
    this.endNanos = now + MAX.toNanos();
    this.deadlineNanos = now + visibility.toNanos();
  }

  static void requireVisibility(Duration visibility) {
    if (visibility.compareTo(Duration.ofSeconds(1)) < 0 || visibility.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("a visibility timeout is 1 s to 12 h: " + visibility);
    }
  }

  static void requireDelay(Duration delay) {
    if (delay.isNegative() || delay.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("a release's delay is 0 to 12 h: " + delay);
    }
  }

  /** Whether the message is still this receiver's, as far as the clock says. */
  boolean holds() {
    return deadlineNanos - System.nanoTime() > 0;
  }

  /** The message is not this receiver's any more. */
  void end() {
    deadlineNanos = System.nanoTime();
  }

  @Override
  public T body() {
    return body;
  }

  @Override
  public String messageId() {
    return message.messageId();
  }

  String receipt() {
    return message.receiptHandle();
  }

  @Override
  public int receiveCount() {
    return Integer.parseInt(
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
  }

  @Override
  public Instant sentAt() {
    return Instant.ofEpochMilli(
        Long.parseLong(
            message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
  }

  @Override
  public void extend(Duration visibility) throws IOException {
    requireVisibility(visibility);
    long now = System.nanoTime();
    long most = endNanos - now;
    if (deadlineNanos - now <= 0 || most < Duration.ofSeconds(1).toNanos()) {
      throw lost(null);
    }
    Duration held = Duration.ofNanos(Math.min(visibility.toNanos(), most));
    SdkException refused = change(Duration.ofSeconds(held.toSeconds()));
    if (refused != null) {
      throw lost(refused);
    }
    deadlineNanos = now + held.toNanos();
  }

  @Override
  public void release(Duration delay) throws IOException {
    requireDelay(delay);
    if (holds()) {
      change(delay); // refused means lost meanwhile: it is handed out again anyhow
      end();
    }
  }

  @Override
  public void complete() throws IOException {
    // refused means that somebody else has it or it is gone
    queue.callForReceipt(
        "DeleteMessage",
        url -> queue.sqs().deleteMessage(b -> b.queueUrl(url).receiptHandle(receipt())));
    end();
  }

  private @Nullable SdkException change(Duration visibility) throws IOException {
    return queue.callForReceipt(
        "ChangeMessageVisibility",
        url ->
            queue
                .sqs()
                .changeMessageVisibility(
                    b ->
                        b.queueUrl(url)
                            .receiptHandle(receipt())
                            .visibilityTimeout(SqsBody.seconds(visibility))));
  }

  private LeaseLostException lost(@Nullable Throwable cause) {
    return new LeaseLostException(
        "lease of message " + messageId() + " of queue " + queue.name() + " is lost", cause);
  }
}
