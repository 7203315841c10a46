package io.castloom.tests.bench;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import io.castloom.local.instance.ChildProcess;
import io.castloom.local.system.ThisProgram;
import io.castloom.tests.wire.Weather;
import io.castloom.tests.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker process from its start to its first receive, as the fleet of this machine starts it:
 * with the AOT cache that the launcher made after the build, against the same without.
 */
public final class StartBench implements Benchmark {

  private static final int RUNS = Integer.getInteger("bench.runs", 7);
  private static final double MOST = 0.5;
  private static final String CACHE_FLAG = "-XX:AOTCache=";

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String about() {
    return "a worker process from start to first receive, against the same without an AOT cache";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(45);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws IOException, InterruptedException {
    List<Start> with = new ArrayList<>();
    List<Start> without = new ArrayList<>();
    try (BenchHouse house = new BenchHouse()) {
      if (command(Map.of(), true).stream().noneMatch(StartBench::isCache)) {
        throw new IOException(
            "this process runs without an AOT cache, so its workers do too: call it as"
                + " `./castloom bench start`, without CASTLOOM_AOT=never");
      }
      // The first pair brings the files into the page cache and is not counted.
      for (int i = 0; i <= RUNS; i++) {
        Start cached = start(house, true, i);
        Start plain = start(house, false, i);
        if (i > 0) {
          with.add(cached);
          without.add(plain);
          say.accept("%d of %d: %s, without %s".formatted(i, RUNS, cached, plain));
        }
      }
    }
    List<Measure> measures = new ArrayList<>();
    measures.add(
        Measure.ratio(
            name(),
            "wall time to the first receive, median",
            median(with.stream().map(Start::wall).toList()),
            "s",
            median(without.stream().map(Start::wall).toList()),
            Measure.Goal.atMost(MOST)));
    if (Cpu.known()) {
      measures.add(
          Measure.ratio(
              name(),
              "processor time to the first receive, median",
              median(with.stream().map(Start::cpu).toList()),
              "s",
              median(without.stream().map(Start::cpu).toList()),
              Measure.Goal.atMost(MOST)));
    }
    return measures;
  }

  /** Seconds. */
  private record Start(double wall, double cpu) {
    @Override
    public String toString() {
      return "%.2f s (processor %.2f s)".formatted(wall, cpu);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static boolean isCache(String flag) {
    return flag.startsWith(CACHE_FLAG);
  }

  private static List<String> command(Map<String, String> environment, boolean cached) {
    List<String> command =
        new ArrayList<>(
            ThisProgram.instance(new InstanceId("i-bench-start"), TaskKind.TRANSCODE, environment)
                .command());
    if (!cached) {
      command.removeIf(StartBench::isCache);
    }
    return command;
  }

  private static Start start(BenchHouse house, boolean cached, int run)
      throws IOException, InterruptedException {
    CountDownLatch received = new CountDownLatch(1);
    Weather watch =
        head -> {
          if (head.contains("AmazonSQS.ReceiveMessage")) {
            received.countDown();
          }
          return Weather.Fate.DELIVERED;
        };
    Path log = house.folder().resolve("start-" + run + (cached ? "-cached.log" : ".log"));
    try (Wire wire = Wire.to(house.embedded().sqsEndpoint(), watch)) {
      Map<String, String> environment = new HashMap<>(house.embedded().environment());
      environment.put("AWS_ENDPOINT_URL_SQS", wire.endpoint().toString());
      environment.put("CASTLOOM_ADMIN_PORT", "0");
      environment.put("CASTLOOM_WORKER_SLOTS", "1");
      environment.put("CASTLOOM_WORKER_FOLDER", house.folder().resolve("start").toString());
      ProcessBuilder builder = new ProcessBuilder(command(environment, cached));
      builder.environment().putAll(environment);
      builder.environment().put("CASTLOOM_INSTANCE_ID", "i-bench-start");
      long begin = System.nanoTime();
      ChildProcess worker = ChildProcess.start(builder, log);
      try {
        if (!received.await(60, TimeUnit.SECONDS)) {
          throw new IOException("a worker did not receive: " + Files.readString(log));
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        return new Start(wall, Cpu.known() ? Cpu.of(List.of(worker.pid())) : 0);
      } finally {
        worker.kill();
        worker.ended().join();
      }
    }
  }
}
