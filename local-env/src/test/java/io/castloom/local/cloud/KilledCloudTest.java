package io.castloom.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.AwsClients;
import io.castloom.aws.CallListener;
import io.castloom.aws.Provisioner;
import io.castloom.aws.s3.S3ObjectStore;
import io.castloom.aws.sqs.SqsWorkQueue;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.TextCodec;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud in a process of its own, killed in the middle of its work. */
@Tag("slow")
final class KilledCloudTest {

  private static final int BEFORE_THE_KILL = 200;

  @TempDir Path data;

  /** The process that is killed: stores and sends for ever, and prints each that was answered. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedCloud cloud = EmbeddedCloud.start(Path.of(arguments[0]), EmbeddedCloud.Ports.FREE);
      try (AwsClients clients = new AwsClients(cloud.settings(), CallListener.none())) {
        new Provisioner(clients)
            .provision(List.of("bucket"), List.of(new Provisioner.QueuePlan("queue", "dead")));
        S3ObjectStore store = new S3ObjectStore(clients.s3(), "bucket");
        SqsWorkQueue<String> queue =
            new SqsWorkQueue<>(clients.sqs(), "queue", "dead", new TextCodec());
        for (int i = 0; ; i++) {
          store.put("o/" + i, ObjectData.of(new byte[5000], "a/b"), PutCondition.ifAbsent());
          queue.send(Outgoing.now("m" + i, "acme"));
          System.out.println(i);
          System.out.flush();
        }
      }
    }
  }

  @Test
  void loses_nothing_that_was_answered() throws Exception {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int answered = -1;
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\d+")) {
          answered = Integer.parseInt(line);
        }
        if (answered == BEFORE_THE_KILL) {
          victim.toHandle().destroyForcibly(); // the process alone: its output is read to the end
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    victim.waitFor();
    assertThat(answered).isGreaterThanOrEqualTo(BEFORE_THE_KILL);

    try (EmbeddedCloud cloud = EmbeddedCloud.start(data, EmbeddedCloud.Ports.FREE);
        AwsClients clients = new AwsClients(cloud.settings(), CallListener.none())) {
      S3ObjectStore store = new S3ObjectStore(clients.s3(), "bucket");
      for (int i = 0; i <= answered; i++) {
        assertThat(store.head("o/" + i).orElseThrow().sizeBytes()).isEqualTo(5000);
      }
      SqsWorkQueue<String> queue =
          new SqsWorkQueue<>(clients.sqs(), "queue", "dead", new TextCodec());
      Set<Integer> found = new TreeSet<>();
      List<Lease<String>> leases;
      do {
        leases = queue.receive(10, Duration.ofSeconds(1), Duration.ofMinutes(5));
        leases.forEach(lease -> found.add(Integer.parseInt(lease.body().substring(1))));
      } while (!leases.isEmpty());
      for (int i = 0; i <= answered; i++) {
        assertThat(found).contains(i);
      }
    }
  }
}
