package io.castloom.tests.cloud;

import io.castloom.aws.AwsClients;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallListener;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack, one for the whole run: the one at {@code AWS_ENDPOINT_URL} when that is set, else a
 * container. Where there is neither, its tests are skipped with the reason, or fail when {@code
 * CASTLOOM_REQUIRE_LOCALSTACK} is true.
 */
public final class LocalStack {

  /** The last version that runs without a token. */
  public static final String IMAGE = "localstack/localstack:4.14.0";

  private static final AwsSettings.AccessKey KEY = new AwsSettings.AccessKey("test", "test");

  private sealed interface State {
    record Running(AwsSettings settings, AwsClients clients) implements State {}

    record Absent(String reason) implements State {}
  }

  private static final class Holder {
    static final State STATE = start(System.getenv());
  }

  private LocalStack() {}

  /** Clients of it; skips or fails the calling test when it does not run. */
  public static AwsClients clients() {
    return running().clients();
  }

  /** Where it is; skips or fails the calling test when it does not run. */
  public static AwsSettings settings() {
    return running().settings();
  }

  private static State.Running running() {
    return switch (Holder.STATE) {
      case State.Running running -> running;
      case State.Absent(String reason) -> {
        if (Boolean.parseBoolean(System.getenv("CASTLOOM_REQUIRE_LOCALSTACK"))) {
          Assertions.fail("LocalStack is required: " + reason);
        }
        Assumptions.abort("LocalStack does not run here: " + reason);
        throw new IllegalStateException(reason);
      }
    };
  }

  private static State start(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    if (!endpoint.isBlank()) {
      return running(URI.create(endpoint));
    }
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return new State.Absent("Docker does not answer, and AWS_ENDPOINT_URL is not set");
    }
    try {
      LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE));
      container.start(); // Testcontainers stops it at the end of this JVM
      return running(container.getEndpoint());
    } catch (RuntimeException e) {
      return new State.Absent("the container of " + IMAGE + " does not start: " + e.getMessage());
    }
  }

  private static State running(URI endpoint) {
    AwsSettings settings = AwsSettings.emulator(endpoint, KEY);
    return new State.Running(settings, new AwsClients(settings, CallListener.none()));
  }
}
