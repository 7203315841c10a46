package io.castloom.local.system;

import io.castloom.aws.CallListener;
import io.castloom.local.cli.Failure;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * For operators' commands that work on buckets and queues themselves: the environment's own cloud,
 * or the embedded one that {@code castloom up} runs on a data folder.
 */
public final class CloudAccess {

  private static final String FILE = "cloud.properties";

  /** Who sets one of these means a cloud of his own. */
  private static final List<String> OWN =
      List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ACCESS_KEY_ID", "AWS_PROFILE");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = ".castloom",
      description =
          "The folder of a running `castloom up` (${DEFAULT-VALUE}), unless AWS_ENDPOINT_URL or AWS credentials are set.")
  private Path data = Path.of(".castloom");

  /** The environment that processes on this cloud are started with. */
  public Map<String, String> environment() throws IOException {
    return environment(System.getenv());
  }

  /** A variable that is set but blank counts as not set, as everywhere. */
  Map<String, String> environment(Map<String, String> given) throws IOException {
    Map<String, String> environment = new HashMap<>(given);
    Path file = data.resolve(FILE);
    boolean own = OWN.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    if (!own && Files.isReadable(file)) {
      Properties kept = new Properties();
      try (var in = Files.newInputStream(file)) {
        kept.load(in);
      }
      kept.forEach((key, value) -> environment.put(key.toString(), value.toString()));
    }
    return environment;
  }

  /** Opens it; nothing is asked of it yet. */
  public Cloud open() throws IOException {
    return open(System.getenv());
  }

  Cloud open(Map<String, String> given) throws IOException {
    Map<String, String> environment = environment(given);
    try {
      return Cloud.open(
          CloudSettings.from(new SettingsReader(Map.of(), environment), environment),
          CallListener.none());
    } catch (UncheckedIOException e) {
      IOException cause = Objects.requireNonNull(e.getCause());
      throw Files.exists(data.resolve(FILE)) ? cause : new IOException(nowhere(cause), cause);
    }
  }

  private String nowhere(IOException cause) {
    return "no `castloom up` runs in "
        + data.toAbsolutePath().normalize()
        + " (--data names its folder), and of a cloud of your own "
        + Failure.inOneLine(cause);
  }

  /** What was kept does not hold any more: nothing answers there. */
  static void forget(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }

  /** Keeps what {@link #open} needs, for the owner of the folder alone. */
  static void keep(Path data, Map<String, String> environment) throws IOException {
    Path file = data.resolve(FILE);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Properties kept = new Properties();
    kept.putAll(new TreeMap<>(environment));
    try (var out = Files.newOutputStream(file)) {
      kept.store(out, "the embedded cloud of this folder while `castloom up` runs");
    }
  }
}
