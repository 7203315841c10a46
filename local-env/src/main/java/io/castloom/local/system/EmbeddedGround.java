package io.castloom.local.system;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.InstanceCommand;
import io.castloom.local.fleet.ProcessFleet;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.service.process.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded cloud on a folder, and processes as instances. */
final class EmbeddedGround implements Ground {

  private final Parts parts = new Parts();
  private final EmbeddedCloud cloud;
  private final Path data;
  private final ProcessFleetSettings settings;
  private final InstantSource clock;
  private volatile @Nullable ProcessFleet fleet;

  private EmbeddedGround(
      EmbeddedCloud cloud, Path data, ProcessFleetSettings settings, InstantSource clock) {
    this.cloud = parts.add("embedded cloud", cloud);
    this.data = data;
    this.settings = settings;
    this.clock = clock;
  }

  static EmbeddedGround start(
      Path data, EmbeddedCloud.Ports ports, ProcessFleetSettings settings, InstantSource clock)
      throws IOException {
    return new EmbeddedGround(EmbeddedCloud.start(data, ports), data, settings, clock);
  }

  @Override
  public Map<String, String> environment() {
    return cloud.environment();
  }

  @Override
  public Map<String, String> scaling() {
    return Map.of("autoscaler.types", "process 1 1.0 0.04 0.02");
  }

  @Override
  public Fleet fleet(InstanceCommand command) {
    ProcessFleet started =
        parts.add("fleet", new ProcessFleet(data.resolve("instances"), command, settings, clock));
    fleet = started;
    return started;
  }

  @Override
  public void interrupt(InstanceId instance) {
    ProcessFleet started = fleet;
    if (started != null) {
      started.interrupt(instance);
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
