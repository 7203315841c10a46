package io.castloom.tests.cloud;

import io.castloom.aws.AwsClients;
import io.castloom.aws.Provisioner;
import io.castloom.aws.s3.S3ObjectStore;
import io.castloom.aws.sqs.SqsWorkQueue;
import io.castloom.domain.queue.TextCodec;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Makes buckets and queues with names of their own. */
public final class Names {

  private Names() {}

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  public static ObjectStore newBucket(AwsClients clients) throws IOException {
    String name = unique("contract");
    new Provisioner(clients).provision(List.of(name), List.of());
    return new S3ObjectStore(clients.s3(), name);
  }

  public static ObjectStore missingBucket(AwsClients clients) {
    return new S3ObjectStore(clients.s3(), unique("missing"));
  }

  public static WorkQueue<String> newQueue(AwsClients clients) throws IOException {
    String name = unique("contract");
    new Provisioner(clients)
        .provision(List.of(), List.of(new Provisioner.QueuePlan(name, name + "-dead")));
    return new SqsWorkQueue<>(clients.sqs(), name, name + "-dead", new TextCodec());
  }

  public static WorkQueue<String> missingQueue(AwsClients clients) {
    String name = unique("missing");
    return new SqsWorkQueue<>(clients.sqs(), name, name + "-dead", new TextCodec());
  }
}
