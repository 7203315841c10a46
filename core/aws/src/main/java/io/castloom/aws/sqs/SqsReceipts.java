package io.castloom.aws.sqs;

import io.castloom.domain.queue.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/** What is said of many received messages at once, ten in a request. */
final class SqsReceipts<T> {

  private static final int MAX_BATCH = 10; // SQS developer guide, "Message quotas"

  private final SqsAddress queue;

  SqsReceipts(SqsAddress queue) {
    this.queue = queue;
  }

  void completeAll(Collection<Lease<T>> leases) throws IOException {
    List<SqsLease<T>> own = new ArrayList<>();
    for (Lease<T> lease : leases) {
      switch (lease) {
        case SqsLease<T> mine -> own.add(mine);
        default -> lease.complete();
      }
    }
    for (List<SqsLease<T>> some : batches(own)) {
      List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .receiptHandle(some.get(i).receipt())
                .build());
      }
      check(
          "delete",
          queue.call(
              "DeleteMessageBatch",
              url ->
                  queue.sqs().deleteMessageBatch(b -> b.queueUrl(url).entries(entries)).failed()));
    }
  }

  void releaseAll(Collection<Lease<T>> leases, Duration delay) throws IOException {
    SqsLease.requireDelay(delay);
    List<SqsLease<T>> own = new ArrayList<>();
    for (Lease<T> lease : leases) {
      switch (lease) {
        case SqsLease<T> mine when mine.holds() -> own.add(mine);
        case SqsLease<T> _ -> {} // handed out again anyhow
        default -> lease.release(delay);
      }
    }
    for (List<SqsLease<T>> some : batches(own)) {
      List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        entries.add(
            ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .receiptHandle(some.get(i).receipt())
                .visibilityTimeout(SqsBody.seconds(delay))
                .build());
      }
      check(
          "give back",
          queue.call(
              "ChangeMessageVisibilityBatch",
              url ->
                  queue
                      .sqs()
                      .changeMessageVisibilityBatch(b -> b.queueUrl(url).entries(entries))
                      .failed()));
      some.forEach(SqsLease::end);
    }
  }

  private static <L> List<List<L>> batches(List<L> all) {
    List<List<L>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MAX_BATCH) {
      batches.add(all.subList(from, Math.min(all.size(), from + MAX_BATCH)));
    }
    return batches;
  }

  private void check(String what, List<BatchResultErrorEntry> errors) throws IOException {
    for (BatchResultErrorEntry error : errors) {
      if (!error.senderFault()) { // the sender's fault is a receipt that holds nothing any more
        throw new IOException(
            "queue %s did not %s a message: %s, %s"
                .formatted(queue.name(), what, error.code(), error.message()));
      }
    }
  }
}
