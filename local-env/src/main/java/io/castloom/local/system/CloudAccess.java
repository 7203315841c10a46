package io.castloom.local.system;

import io.castloom.aws.CallListener;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
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
    Map<String, String> environment = new HashMap<>(System.getenv());
    Path file = data.resolve(FILE);
    boolean own =
        environment.containsKey("AWS_ENDPOINT_URL")
            || environment.containsKey("AWS_ENDPOINT_URL_S3")
            || environment.containsKey("AWS_ACCESS_KEY_ID")
            || environment.containsKey("AWS_PROFILE");
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
    Map<String, String> environment = environment();
    return Cloud.open(
        CloudSettings.from(new SettingsReader(Map.of(), environment), environment),
        CallListener.none());
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
