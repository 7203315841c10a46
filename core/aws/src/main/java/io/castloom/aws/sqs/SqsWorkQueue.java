package io.castloom.aws.sqs;

import io.castloom.domain.queue.DeadLetters;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.QueueCounts;
import io.castloom.domain.queue.SendFailure;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A standard queue of SQS. One request for each call, a tenth for each message of a batch. Each
 * message carries the name of its queue, so that a shared dead-letter queue can send it back.
 */
public final class SqsWorkQueue<T> implements WorkQueue<T> {

  private static final Logger LOG = LoggerFactory.getLogger(SqsWorkQueue.class);
  private static final int MAX_BATCH = 10; // SQS developer guide, "Message quotas"
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);
  private static final List<MessageSystemAttributeName> WANTED =
      List.of(
          MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
          MessageSystemAttributeName.SENT_TIMESTAMP,
          MessageSystemAttributeName.MESSAGE_GROUP_ID);

  private final SqsAddress queue;
  private final MessageCodec<T> codec;
  private final SqsReceipts<T> receipts;
  private final DeadLetters<T> dead;

  /**
   * @param sqs is not closed by this queue
   * @param name the queue's name, with the environment's prefix
   * @param deadName the dead-letter queue's name; its redrive policy is the provisioner's affair
   */
  public SqsWorkQueue(SqsClient sqs, String name, String deadName, MessageCodec<T> codec) {
    this(
        new SqsAddress(sqs, name),
        codec,
        new SqsDeadLetters<>(new SqsAddress(sqs, deadName), name, codec));
  }

  SqsWorkQueue(SqsAddress queue, MessageCodec<T> codec, DeadLetters<T> dead) {
    this.queue = queue;
    this.codec = codec;
    this.receipts = new SqsReceipts<>(queue);
    this.dead = dead;
  }

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public void send(Outgoing<T> message) throws IOException {
    SqsBody body = SqsBody.of(codec, message);
    if (body.tooLong()) {
      throw new IOException("message for queue " + name() + " is " + body.fault());
    }
    queue.call(
        "SendMessage",
        url ->
            queue
                .sqs()
                .sendMessage(
                    b ->
                        b.queueUrl(url)
                            .messageBody(body.text())
                            .messageGroupId(body.group())
                            .delaySeconds(body.delaySeconds())
                            .messageAttributes(SqsBody.attributes(name(), ""))));
  }

  @Override
  public List<SendFailure<T>> sendAll(List<Outgoing<T>> messages) throws IOException {
    List<SendFailure<T>> failed = new ArrayList<>();
    List<SqsBatch<T>> batches = SqsBatch.split(messages, codec, failed);
    for (SqsBatch<T> batch : batches) {
      try {
        List<BatchResultErrorEntry> errors =
            queue.call(
                "SendMessageBatch",
                url ->
                    queue
                        .sqs()
                        .sendMessageBatch(b -> b.queueUrl(url).entries(batch.entries(name())))
                        .failed());
        failed.addAll(batch.failures(errors));
      } catch (io.castloom.domain.queue.NoSuchQueueException e) {
        throw e;
      } catch (IOException e) {
        failed.addAll(batch.allFailed(String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(failed);
  }

  @Override
  public List<Lease<T>> receive(int max, Duration wait, Duration visibility) throws IOException {
    if (max < 1 || max > MAX_BATCH) {
      throw new IllegalArgumentException("a receive takes 1 to 10 messages: " + max);
    }
    if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException("a receive waits 0 to 20 s: " + wait);
    }
    SqsLease.requireVisibility(visibility);
    List<Message> messages =
        queue.call(
            "ReceiveMessage",
            url ->
                queue
                    .sqs()
                    .receiveMessage(
                        b ->
                            b.queueUrl(url)
                                .maxNumberOfMessages(max)
                                .waitTimeSeconds(SqsBody.seconds(wait))
                                .visibilityTimeout(SqsBody.seconds(visibility))
                                .messageSystemAttributeNames(WANTED))
                    .messages());
    List<Lease<T>> leases = new ArrayList<>();
    for (Message message : messages) {
      try {
        T body = codec.decode(message.body());
        leases.add(new SqsLease<>(queue, message, body, visibility));
      } catch (IOException e) {
        buryUndecodable(message, "cannot be decoded: " + e.getMessage());
      }
    }
    return List.copyOf(leases);
  }

  private void buryUndecodable(Message message, String reason) throws IOException {
    LOG.warn("message {} of queue {} {}", message.messageId(), name(), reason);
    switch (dead) {
      case SqsDeadLetters<T> letters -> letters.buryRaw(message.body(), reason);
      default -> {} // a control queue's commands are worth nothing later
    }
    String receipt = message.receiptHandle();
    queue.call(
        "DeleteMessage",
        url -> queue.sqs().deleteMessage(b -> b.queueUrl(url).receiptHandle(receipt)));
  }

  @Override
  public void completeAll(Collection<Lease<T>> leases) throws IOException {
    receipts.completeAll(leases);
  }

  @Override
  public void releaseAll(Collection<Lease<T>> leases, Duration delay) throws IOException {
    receipts.releaseAll(leases, delay);
  }

  @Override
  public QueueCounts counts() throws IOException {
    return queue.call(
        "GetQueueAttributes",
        url -> {
          Map<QueueAttributeName, String> found =
              queue
                  .sqs()
                  .getQueueAttributes(b -> b.queueUrl(url).attributeNames(SqsBody.COUNTS))
                  .attributes();
          return SqsBody.counts(found);
        });
  }

  @Override
  public DeadLetters<T> deadLetters() {
    return dead;
  }
}
