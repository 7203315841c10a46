package io.castloom.aws.sqs;

import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.SendFailure;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Up to ten messages that go in one request, at most 256 KiB together. */
record SqsBatch<T>(List<Outgoing<T>> messages, List<SqsBody> bodies) {

  private static final int MAX_MESSAGES = 10; // SQS developer guide, "Message quotas"

  /** Makes batches; a message that is too long for any is put among the failed. */
  static <T> List<SqsBatch<T>> split(
      List<Outgoing<T>> messages, MessageCodec<T> codec, List<SendFailure<T>> failed) {
    List<SqsBatch<T>> batches = new ArrayList<>();
    SqsBatch<T> batch = new SqsBatch<>(new ArrayList<>(), new ArrayList<>());
    int bytes = 0;
    for (Outgoing<T> message : messages) {
      SqsBody body = SqsBody.of(codec, message);
      if (body.tooLong()) {
        failed.add(new SendFailure<>(message, body.fault()));
        continue;
      }
      boolean full =
          batch.messages.size() == MAX_MESSAGES || bytes + body.bytes() > SqsBody.MAX_BYTES;
      if (full) {
        batches.add(batch);
        batch = new SqsBatch<>(new ArrayList<>(), new ArrayList<>());
        bytes = 0;
      }
      batch.messages.add(message);
      batch.bodies.add(body);
      bytes += body.bytes();
    }
    if (!batch.messages.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** The entries of the request; each one's id is its place in the batch. */
  List<SendMessageBatchRequestEntry> entries(String queue) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      SqsBody body = bodies.get(i);
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(body.text())
              .messageGroupId(body.group())
              .delaySeconds(body.delaySeconds())
              .messageAttributes(SqsBody.attributes(queue, ""))
              .build());
    }
    return entries;
  }

  List<SendFailure<T>> failures(List<BatchResultErrorEntry> errors) {
    return errors.stream()
        .map(
            error ->
                new SendFailure<>(
                    messages.get(Integer.parseInt(error.id())),
                    error.code() + ", " + error.message()))
        .toList();
  }

  List<SendFailure<T>> allFailed(String reason) {
    return messages.stream().map(message -> new SendFailure<>(message, reason)).toList();
  }
}
