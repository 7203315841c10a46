package io.castloom.aws.sqs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A look into a queue: what it takes it gives back when it is closed. */
final class SqsPeek implements AutoCloseable {

  private static final int BATCH = 10;
  private static final int HELD_SECONDS = 60; // longer than a look at 1,000 messages takes
  private static final int MAX_SCAN = 10_000;

  private final SqsAddress queue;
  private final Map<String, Message> held = new LinkedHashMap<>();

  SqsPeek(SqsAddress queue) {
    this.queue = queue;
  }

  List<Message> messages() {
    return List.copyOf(held.values());
  }

  /** Takes messages until there are so many, or no more. */
  void take(int limit) throws IOException {
    while (held.size() < limit && takeSome()) {
      // goes on
    }
  }

  /** Takes messages until this one is among them; null when it is not there. */
  @Nullable Message find(String messageId) throws IOException {
    while (!held.containsKey(messageId) && held.size() < MAX_SCAN && takeSome()) {
      // goes on
    }
    return held.get(messageId);
  }

  private boolean takeSome() throws IOException {
    List<Message> some =
        queue.call(
            "ReceiveMessage",
            url ->
                queue
                    .sqs()
                    .receiveMessage(
                        b ->
                            b.queueUrl(url)
                                .maxNumberOfMessages(BATCH)
                                .waitTimeSeconds(1) // asks all of SQS's servers, not a sample
                                .visibilityTimeout(HELD_SECONDS)
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                                .messageAttributeNames("All"))
                    .messages());
    some.forEach(message -> held.put(message.messageId(), message));
    return !some.isEmpty();
  }

  void remove(Message message) throws IOException {
    queue.call(
        "DeleteMessage",
        url ->
            queue.sqs().deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle())));
    held.remove(message.messageId());
  }

  @Override
  public void close() throws IOException {
    List<Message> rest = messages();
    for (int from = 0; from < rest.size(); from += BATCH) {
      List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
      for (Message message : rest.subList(from, Math.min(rest.size(), from + BATCH))) {
        entries.add(
            ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(0)
                .build());
      }
      queue.call(
          "ChangeMessageVisibilityBatch",
          url -> queue.sqs().changeMessageVisibilityBatch(b -> b.queueUrl(url).entries(entries)));
    }
  }
}
