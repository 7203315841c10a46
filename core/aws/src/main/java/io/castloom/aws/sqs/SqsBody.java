package io.castloom.aws.sqs;

import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.QueueCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A message as SQS takes it.
 *
 * @param group null when there is none; SQS takes 1 to 128 letters, digits and punctuation
 * @param delaySeconds null when there is no delay
 */
record SqsBody(String text, int bytes, @Nullable String group, @Nullable Integer delaySeconds) {

  /** The queue that a message was sent to, and why it is in a dead-letter queue. */
  static final String QUEUE = "queue";

  static final String REASON = "reason";

  /** Some emulators stop at 256 KiB, where SQS takes 1 MiB since August 2025; so do batches. */
  static final int MAX_BYTES = 256 * 1024;

  static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private static final int ATTRIBUTES_BYTES = 256; // names, types and values of what we add
  private static final int MAX_REASON = 1000;

  static <T> SqsBody of(MessageCodec<T> codec, Outgoing<T> message) {
    String text = codec.encode(message.body());
    return new SqsBody(
        text,
        text.getBytes(StandardCharsets.UTF_8).length + ATTRIBUTES_BYTES,
        message.group().isEmpty() ? null : message.group(),
        message.delay().isZero() ? null : seconds(message.delay()));
  }

  boolean tooLong() {
    return bytes > MAX_BYTES;
  }

  String fault() {
    return "longer than 256 KiB: " + bytes + " bytes with its attributes";
  }

  /** Whole seconds, rounded up: SQS knows no smaller ones. */
  static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
  }

  static Map<String, MessageAttributeValue> attributes(String queue, String reason) {
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    attributes.put(QUEUE, string(queue));
    if (!reason.isEmpty()) {
      attributes.put(REASON, string(printable(reason)));
    }
    return attributes;
  }

  private static MessageAttributeValue string(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  /** SQS takes XML's characters only. */
  private static String printable(String text) {
    String clean = text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    return clean.length() > MAX_REASON ? clean.substring(0, MAX_REASON) : clean;
  }

  static QueueCounts counts(Map<QueueAttributeName, String> found) {
    return new QueueCounts(
        number(found, COUNTS.get(0)), number(found, COUNTS.get(1)), number(found, COUNTS.get(2)));
  }

  private static long number(Map<QueueAttributeName, String> found, QueueAttributeName name) {
    return Long.parseLong(found.getOrDefault(name, "0"));
  }
}
