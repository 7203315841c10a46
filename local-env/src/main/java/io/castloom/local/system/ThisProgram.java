package io.castloom.local.system;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts this very program again, as an instance. */
public final class ThisProgram {

  private static final String CACHE_FLAG = "-XX:AOTCache=";
  private static final String CACHE_ENDING = ".aot";

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
    command.addAll(flags(process));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(InstanceMain.class.getName());
    command.add(process);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("CASTLOOM_INSTANCE_ID", instance.value());
    return builder;
  }

  /**
   * The flags that this JVM was started with, but for those that only one process may have, and
   * {@link #LEAVE_THE_CORES}.
   */
  private static List<String> flags(String process) {
    List<String> flags = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .filter(flag -> !flag.contains("AOTCacheOutput") && !flag.startsWith("-Xmx"))
        .filter(flag -> !flag.startsWith("-XX:TieredStopAtLevel"))
        .map(flag -> flag.startsWith(CACHE_FLAG) ? CACHE_FLAG + cache(flag, process) : flag)
        .forEach(flags::add);
    flags.addAll(LEAVE_THE_CORES);
    return flags;
  }

  /**
   * The launcher rehearses some processes alone; the cache of such a one lies beside this JVM's and
   * fits it better: {@code castloom-25.0.3-worker.aot} beside {@code castloom-25.0.3.aot}.
   */
  private static String cache(String flag, String process) {
    String mine = flag.substring(CACHE_FLAG.length());
    String own =
        mine.substring(0, Math.max(0, mine.length() - CACHE_ENDING.length()))
            + "-"
            + process
            + CACHE_ENDING;
    return mine.endsWith(CACHE_ENDING) && Files.exists(Path.of(own)) ? own : mine;
  }
}
