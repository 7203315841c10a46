package io.castloom.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.aws.AwsClients;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallListener;
import io.castloom.aws.Provisioner;
import io.castloom.aws.s3.S3ObjectStore;
import io.castloom.aws.sqs.SqsWorkQueue;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.QueueCounts;
import io.castloom.domain.queue.TextCodec;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedCloudTest {

  private static final String BUCKET = "castloom-test";
  private static final String QUEUE = "castloom-work";

  @TempDir Path data;

  /** A running cloud with a bucket and a queue. */
  private record Running(EmbeddedCloud cloud, AwsClients clients) implements AutoCloseable {

    static Running start(Path data) throws IOException {
      EmbeddedCloud cloud = EmbeddedCloud.start(data, EmbeddedCloud.Ports.FREE);
      AwsClients clients = new AwsClients(cloud.settings(), CallListener.none());
      new Provisioner(clients)
          .provision(List.of(BUCKET), List.of(new Provisioner.QueuePlan(QUEUE, QUEUE + "-dead")));
      return new Running(cloud, clients);
    }

    ObjectStore store() {
      return new S3ObjectStore(clients.s3(), BUCKET);
    }

    WorkQueue<String> queue() {
      return new SqsWorkQueue<>(clients.sqs(), QUEUE, QUEUE + "-dead", new TextCodec());
    }

    @Override
    public void close() {
      clients.close();
      cloud.close();
    }
  }

  private static ObjectData text(String text) {
    return ObjectData.of(text.getBytes(UTF_8), "text/plain");
  }

  @Test
  void state_survives_a_restart() throws Exception {
    try (Running first = Running.start(data)) {
      first.store().put("a/b", text("kept"), PutCondition.ifAbsent());
      first.queue().send(Outgoing.now("waiting", "acme"));
      first.queue().send(Outgoing.now("in hand", "acme"));
      first.queue().send(Outgoing.now("done", "acme"));
      for (Lease<String> lease :
          first.queue().receive(10, Duration.ofSeconds(1), Duration.ofHours(1))) {
        switch (lease.body()) {
          case "waiting" -> lease.release(Duration.ZERO);
          case "done" -> lease.complete();
          default -> {}
        }
      }
    }
    try (Running second = Running.start(data)) {
      assertThat(second.store().head("a/b").orElseThrow().contentType()).isEqualTo("text/plain");
      assertThat(second.queue().counts()).isEqualTo(new QueueCounts(1, 1, 0));
      assertThat(second.queue().receive(10, Duration.ofSeconds(1), Duration.ofMinutes(1)))
          .extracting(Lease::body)
          .containsExactly("waiting");
    }
  }

  @Test
  void two_clouds_in_one_process_know_nothing_of_each_other() throws Exception {
    try (Running one = Running.start(data.resolve("one"));
        Running two = Running.start(data.resolve("two"))) {
      one.queue().send(Outgoing.now("for one", "acme"));
      assertThat(two.queue().counts().total()).isZero();
      assertThat(one.queue().counts().total()).isEqualTo(1);
      assertThat(one.cloud().environment()).isNotEqualTo(two.cloud().environment());
    }
  }

  @Test
  void a_folder_has_one_process_and_its_key_one_reader() throws Exception {
    try (Running running = Running.start(data)) {
      assertThatThrownBy(() -> EmbeddedCloud.start(data, EmbeddedCloud.Ports.FREE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("in use");
      assertThat(running.cloud().s3Endpoint().getHost()).isEqualTo("127.0.0.1");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("cloud/key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedCloud.start(data, new EmbeddedCloud.Ports(port, 0)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
      assertThatThrownBy(() -> EmbeddedCloud.start(data, new EmbeddedCloud.Ports(0, port)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
    Running.start(data).close(); // the folder was let go of
  }

  @Test
  void a_wrong_key_is_refused() throws Exception {
    try (Running running = Running.start(data)) {
      AwsSettings right = running.cloud().settings();
      AwsSettings wrong =
          new AwsSettings(
              right.region(),
              right.s3Endpoint(),
              right.sqsEndpoint(),
              null,
              null,
              new AwsSettings.AccessKey("CASTLOOM", "guessed"));
      try (AwsClients clients = new AwsClients(wrong, CallListener.none())) {
        assertThatThrownBy(() -> new S3ObjectStore(clients.s3(), BUCKET).list("", "", 1))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("AWS_ACCESS_KEY_ID");
      }
    }
  }

  @Test
  void an_endpoint_that_does_not_answer_is_named() throws Exception {
    AwsSettings gone;
    try (Running running = Running.start(data)) {
      gone = running.cloud().settings();
    }
    try (AwsClients clients = new AwsClients(gone, CallListener.none())) {
      assertThatThrownBy(() -> new S3ObjectStore(clients.s3(), BUCKET).head("a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot reach S3 at " + gone.s3Endpoint());
      assertThatThrownBy(
              () -> new SqsWorkQueue<>(clients.sqs(), QUEUE, "dead", new TextCodec()).counts())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot reach SQS at " + gone.sqsEndpoint());
    }
  }

  @Test
  void what_a_killed_process_left_half_written_is_neither_listed_nor_kept() throws Exception {
    Path bucket = data.resolve("cloud/s3").resolve(BUCKET);
    Path half = bucket.resolve("a/b-0b5cdd9c-3a7f-4e51-9d52-0a4f8f3c1d2e");
    try (Running first = Running.start(data)) {
      first.store().put("a/b", text("whole"), PutCondition.ifAbsent());
      Files.writeString(half, "hal");
      assertThat(first.store().list("a/", "", 10).objects())
          .extracting(ObjectInfo::key)
          .containsExactly("a/b");
      assertThat(first.store().list("a/b-", "", 1).objects()).isEmpty();
    }
    Files.setLastModifiedTime(half, FileTime.from(Instant.now().minusSeconds(60)));
    Leftovers.remove(data.resolve("cloud/s3"), Instant.now());
    assertThat(half).doesNotExist();
    assertThat(bucket.resolve("a/b")).exists();
  }
}
