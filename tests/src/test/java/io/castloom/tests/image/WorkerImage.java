package io.castloom.tests.image;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.local.instance.MetadataServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A container of the image that stands for an instance: its role and environment it learns from the
 * tags that its own metadata service tells, as on EC2. {@code CASTLOOM_IMAGE} names the image.
 */
final class WorkerImage implements AutoCloseable {

  private final MetadataServer metadata;
  private final GenericContainer<?> container;

  private WorkerImage(MetadataServer metadata, GenericContainer<?> container) {
    this.metadata = metadata;
    this.container = container;
  }

  /** The image to try; skips the calling test when none is named. */
  static String name() {
    String name = System.getenv().getOrDefault("CASTLOOM_IMAGE", "");
    Assumptions.assumeFalse(
        name.isBlank(), "CASTLOOM_IMAGE names no image: build one as packer/README.md says");
    return name;
  }

  /**
   * Starts one.
   *
   * @param cloud where the emulator is and its keys, which on EC2 the region and the instance
   *     profile tell
   */
  static WorkerImage start(
      String image, InstanceId instance, Map<String, String> tags, Map<String, String> cloud)
      throws IOException {
    MetadataServer metadata =
        MetadataServer.start(
            new MetadataServer.Identity(
                instance, "c6i.large", "us-east-1", "us-east-1a", "ami-castloom", tags, ""));
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            // The metadata and the emulator listen on this machine's loopback.
            .withNetworkMode("host")
            .withEnv(cloud)
            .withEnv(MetadataServer.VARIABLE, metadata.endpoint().toString())
            .withEnv("CASTLOOM_ADMIN_PORT", "0")
            .withEnv("CASTLOOM_JAVA_OPTS", "-Xlog:class+load")
            .withStartupCheckStrategy(new Started());
    container.start();
    return new WorkerImage(metadata, container);
  }

  /** Waits for it to end by itself; gives its exit code. */
  int awaitEnd(long seconds) {
    return container
        .getDockerClient()
        .waitContainerCmd(container.getContainerId())
        .start()
        .awaitStatusCode(seconds, TimeUnit.SECONDS);
  }

  /** Of the classes that were loaded until it was up, the share that its cache held. */
  double keptClasses() {
    List<String> loaded =
        logs()
            .lines()
            .takeWhile(line -> !line.contains(" is up"))
            .filter(line -> line.contains("source: "))
            .toList();
    long kept =
        loaded.stream().filter(line -> line.contains("source: shared objects file")).count();
    return (double) kept / Math.max(1, loaded.size());
  }

  String logs() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
    metadata.close();
  }

  /** What comes after the start is the test's matter. */
  private static final class Started extends StartupCheckStrategy {
    @Override
    public StartupStatus checkStartupState(
        com.github.dockerjava.api.DockerClient client, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }
}
