package io.castloom.local.system;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts this very program again, as an instance. */
public final class ThisProgram {

  /** By name: the commands see this package, so it cannot see theirs. */
  private static final String MAIN_CLASS = "io.castloom.local.CastloomMain";

  private ThisProgram() {}

  /**
   * A process that runs the worker or the assembler.
   *
   * @param environment how to reach the cloud, and settings
   */
  public static ProcessBuilder instance(
      InstanceId instance, TaskKind kind, Map<String, String> environment) {
    String process =
        switch (kind) {
          case TRANSCODE -> "worker";
          case ASSEMBLY -> "assembler";
        };
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN_CLASS);
    command.addAll(List.of("run", process));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("CASTLOOM_INSTANCE_ID", instance.value());
    return builder;
  }

  /**
   * The flags that this JVM was started with, but for those that only one process may have. An
   * instance leaves the cores to ffmpeg: the quick compiler is enough for it.
   */
  private static List<String> flags() {
    List<String> flags = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .filter(flag -> !flag.contains("AOTCacheOutput") && !flag.startsWith("-Xmx"))
        .filter(flag -> !flag.startsWith("-XX:TieredStopAtLevel"))
        .forEach(flags::add);
    flags.add("-XX:TieredStopAtLevel=1");
    return flags;
  }
}
