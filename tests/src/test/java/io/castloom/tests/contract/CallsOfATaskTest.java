package io.castloom.tests.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.AwsClients;
import io.castloom.aws.CallCounter;
import io.castloom.aws.Provisioner;
import io.castloom.aws.s3.S3ObjectStore;
import io.castloom.aws.sqs.SqsWorkQueue;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.TextCodec;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.tests.cloud.Embedded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every request costs money: the adapters make no more than these. */
final class CallsOfATaskTest {

  @Test
  void a_call_of_a_port_is_one_request() throws Exception {
    CallCounter counter = new CallCounter();
    try (AwsClients clients = new AwsClients(Embedded.cloud().settings(), counter)) {
      new Provisioner(clients)
          .provision(List.of("calls"), List.of(new Provisioner.QueuePlan("calls", "calls-dead")));
      SqsWorkQueue<String> queue =
          new SqsWorkQueue<>(clients.sqs(), "calls", "calls-dead", new TextCodec());
      S3ObjectStore store = new S3ObjectStore(clients.s3(), "calls");
      queue.counts(); // asks for the URL, once
      counter.reset();

      queue.send(Outgoing.now("a", "acme"));
      Lease<String> lease =
          queue.receive(1, Duration.ofSeconds(1), Duration.ofMinutes(1)).getFirst();
      lease.extend(Duration.ofMinutes(2));
      lease.complete();
      queue.sendAll(IntStream.range(0, 25).mapToObj(i -> Outgoing.now("m" + i, "b")).toList());
      store.put("k", ObjectData.of("x".getBytes(UTF_8), "text/plain"), PutCondition.ifAbsent());
      store.head("k");
      store.get("k", null).close();
      store.list("", "", 1000);
      store.delete("k");

      assertThat(counter.counts())
          .isEqualTo(
              Map.of(
                  "Sqs.SendMessage", 1L,
                  "Sqs.ReceiveMessage", 1L,
                  "Sqs.ChangeMessageVisibility", 1L,
                  "Sqs.DeleteMessage", 1L,
                  "Sqs.SendMessageBatch", 3L,
                  "S3.PutObject", 1L,
                  "S3.HeadObject", 1L,
                  "S3.GetObject", 1L,
                  "S3.ListObjectsV2", 1L,
                  "S3.DeleteObject", 1L));

      counter.reset();
      assertThat(
              new Provisioner(clients)
                  .provision(
                      List.of("calls"), List.of(new Provisioner.QueuePlan("calls", "calls-dead"))))
          .isEmpty();
      assertThat(counter.total()).isEqualTo(3);
    }
  }
}
