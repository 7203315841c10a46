package io.castloom.tests.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallListener;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.ingest.Ingest;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.settings.SettingsReader;
import io.castloom.tests.cloud.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine from the image, with nothing but its tags, is a worker like any other. */
@Tag("localstack")
@Timeout(300)
final class WorkerImageTest {

  private static final AccountId ACCOUNT = new AccountId("image-test");
  private static final String RECORDING = "/io/castloom/local/demo/field-note.flac";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_container_of_the_image_joins_takes_a_job_drains_and_ends(@TempDir Path spool)
      throws IOException, InterruptedException {
    String image = WorkerImage.name();
    AwsSettings aws = LocalStack.settings();
    String tail = UUID.randomUUID().toString().substring(0, 8);
    String name = "it-" + tail;
    Map<String, String> emulator =
        Map.of(
            "AWS_ENDPOINT_URL", Objects.requireNonNull(aws.s3Endpoint()).toString(),
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");
    InstanceId instance = new InstanceId("i-0" + tail);
    Map<String, String> tags = Map.of("castloom-role", "worker", "castloom-env", name);
    CloudSettings where =
        new CloudSettings(aws, CloudSettings.from(reader(name), emulator).names(), true);

    try (Cloud cloud = Cloud.open(where, CallListener.none())) {
      cloud.provision();
      Accounts accounts = new Accounts(cloud.privateStore(), InstantSource.system());
      accounts.add(ACCOUNT, Account.Role.CUSTOMER);
      String token = accounts.newToken(ACCOUNT, "test").orElseThrow();

      try (Ingest ingest = ingest(name, emulator, spool);
          WorkerImage worker = WorkerImage.start(image, instance, tags, emulator)) {
        URI api = URI.create("http://127.0.0.1:" + ingest.httpPort());
        URI job = api.resolve(upload(api, token));
        assertThat(lastState(job, token)).as(worker::logs).isEqualTo("done");
        assertThat(cloud.control().list()).contains(instance);
        assertThat(worker.keptClasses()).as("share of a start's classes").isGreaterThan(0.85);

        cloud
            .control()
            .send(
                instance,
                new Directive(
                    tail, new Command.Drain("test", 60), Instant.now(), Duration.ofMinutes(5)));
        assertThat(worker.awaitEnd(60)).as(worker::logs).isZero();
        assertThat(cloud.control().list()).as("its control queue").doesNotContain(instance);
      }
    }
  }

  private static SettingsReader reader(String environment) {
    return new SettingsReader(Map.of("env", environment), Map.of());
  }

  private static Ingest ingest(String environment, Map<String, String> emulator, Path spool)
      throws IOException, InterruptedException {
    Map<String, String> flags =
        Map.of(
            "env", environment,
            "http.port", "0",
            "admin.port", "0",
            "ftp.enabled", "false",
            "intake.spool", spool.toString());
    return Ingest.start(new ServiceArguments(flags, emulator, false), InstantSource.system());
  }

  private String upload(URI api, String token) throws IOException, InterruptedException {
    byte[] recording;
    try (InputStream stream = getClass().getResourceAsStream(RECORDING)) {
      recording = Objects.requireNonNull(stream).readAllBytes();
    }
    HttpResponse<String> answer =
        http.send(
            request(api.resolve("/v1/uploads/field-note.flac?profiles=mp3-128"), token)
                .PUT(BodyPublishers.ofByteArray(recording))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Follows the job's events to their end; the state that came last. */
  private String lastState(URI job, String token) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> events =
        http.send(request(URI.create(job + "/events"), token).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = events.body()) {
      return lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> line.replaceAll(".*\"state\"\\s*:\\s*\"(\\w+)\".*", "$1"))
          .filter(state -> !state.startsWith("data:"))
          .reduce("none", (earlier, later) -> later);
    }
  }

  private static HttpRequest.Builder request(URI where, String token) {
    return HttpRequest.newBuilder(where).header("Authorization", "Bearer " + token);
  }
}
