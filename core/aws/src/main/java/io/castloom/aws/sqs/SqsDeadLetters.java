package io.castloom.aws.sqs;

import io.castloom.domain.queue.DeadLetters;
import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.queue.QueueCounts;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * A dead-letter queue of SQS, which may serve several work queues. It has no index: looking means
 * receiving, and what was received is given back at once, so two that look at the same time see
 * different parts.
 */
public final class SqsDeadLetters<T> implements DeadLetters<T> {

  private final SqsAddress dead;
  private final String source;
  private final MessageCodec<T> codec;

  /**
   * @param source the work queue that a message goes back to when it does not name its own
   */
  SqsDeadLetters(SqsAddress dead, String source, MessageCodec<T> codec) {
    this.dead = dead;
    this.source = source;
    this.codec = codec;
  }

  @Override
  public void bury(T body, String reason) throws IOException {
    buryRaw(codec.encode(body), reason);
  }

  void buryRaw(String text, String reason) throws IOException {
    dead.call(
        "SendMessage",
        url ->
            dead.sqs()
                .sendMessage(
                    b ->
                        b.queueUrl(url)
                            .messageBody(text)
                            .messageAttributes(SqsBody.attributes(source, reason))));
  }

  @Override
  public List<DeadLetter> list(int limit) throws IOException {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a list has 1 to 1,000 dead letters: " + limit);
    }
    try (SqsPeek peek = new SqsPeek(dead)) {
      peek.take(limit);
      return peek.messages().stream()
          .limit(limit)
          .map(m -> new DeadLetter(m.messageId(), m.body(), reason(m)))
          .toList();
    }
  }

  private static String reason(Message message) {
    MessageAttributeValue said = message.messageAttributes().get(SqsBody.REASON);
    return said == null ? "received too often without success" : said.stringValue();
  }

  @Override
  public boolean redrive(String messageId) throws IOException {
    try (SqsPeek peek = new SqsPeek(dead)) {
      Message message = peek.find(messageId);
      if (message == null) {
        return false;
      }
      MessageAttributeValue from = message.messageAttributes().get(SqsBody.QUEUE);
      String target = from == null ? source : from.stringValue();
      String group = message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
      SqsAddress queue = new SqsAddress(dead.sqs(), target);
      queue.call(
          "SendMessage",
          url ->
              dead.sqs()
                  .sendMessage(
                      b ->
                          b.queueUrl(url)
                              .messageBody(message.body())
                              .messageGroupId(group)
                              .messageAttributes(SqsBody.attributes(target, ""))));
      peek.remove(message);
      return true;
    }
  }

  @Override
  public boolean drop(String messageId) throws IOException {
    try (SqsPeek peek = new SqsPeek(dead)) {
      Message message = peek.find(messageId);
      if (message == null) {
        return false;
      }
      peek.remove(message);
      return true;
    }
  }

  @Override
  public long count() throws IOException {
    return dead.call(
        "GetQueueAttributes",
        url -> {
          QueueCounts counts =
              SqsBody.counts(
                  dead.sqs()
                      .getQueueAttributes(b -> b.queueUrl(url).attributeNames(SqsBody.COUNTS))
                      .attributes());
          return counts.total();
        });
  }
}
