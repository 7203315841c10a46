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

  /**
   * JVM flags of a process that leaves the cores to ffmpeg: the second compiler gets only what runs
   * ten times as often as usual. Without it altogether SHA-256 has none of the processor's own
   * instructions and takes fifty times as long (measured: 38 MB/s against 1,900).
   */
  public static final List<String> LEAVE_THE_CORES =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

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
   * The flags that this JVM was started with, but for those that only one process may have, and
   * {@link #LEAVE_THE_CORES}.
   */
  private static List<String> flags() {
    List<String> flags = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .filter(flag -> !flag.contains("AOTCacheOutput") && !flag.startsWith("-Xmx"))
        .filter(flag -> !flag.startsWith("-XX:TieredStopAtLevel"))
        .forEach(flags::add);
    flags.addAll(LEAVE_THE_CORES);
    return flags;
  }
}
