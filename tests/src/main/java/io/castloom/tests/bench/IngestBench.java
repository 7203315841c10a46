package io.castloom.tests.bench;

import ch.qos.logback.classic.Level;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.names.Names;
import io.castloom.service.telemetry.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * {@code bench ingest}: bytes a second from a client to S3 through an ingest process, whole job
 * included (hash, probe, original, job, message), against the SDK putting the same bytes into the
 * same S3 directly; and the live heap of that process with 200 uploads half way in, against 1.
 */
public final class IngestBench implements Benchmark {
  private static final int RECORDING_BYTES = 192 << 20;
  private static final int ROUNDS = 5;
  private static final int MANY = 200;
  private static final AccountId ACCOUNT = new AccountId("bench");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String about() {
    return "bytes a second through ingest against the SDK alone; live heap at 200 uploads against"
        + " 1";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(60);
  }

  /** Runs it alone and prints its measures; exit 1 when a goal does not hold. */
  public static void main(String[] args) throws Exception {
    List<Measure> measures = new IngestBench().run(System.err::println);
    measures.forEach(System.out::println);
    System.exit(measures.stream().allMatch(Measure::holds) ? 0 : 1);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws Exception {
    Logging.configure("bench", Logging.Format.TEXT, Level.WARN);
    Path folder = Files.createTempDirectory("castloom-bench-ingest");
    try (EmbeddedCloud embedded =
            EmbeddedCloud.start(folder.resolve("data"), EmbeddedCloud.Ports.FREE);
        Cloud cloud =
            Cloud.open(
                new CloudSettings(embedded.settings(), Names.of("bench"), true),
                (service, operation) -> {})) {
      cloud.provision();
      Accounts accounts = new Accounts(cloud.privateStore(), InstantSource.system());
      accounts.add(ACCOUNT, Account.Role.CUSTOMER);
      String token = accounts.newToken(ACCOUNT, "bench").orElseThrow();
      try (IngestProcess ingest = IngestProcess.start(folder, embedded.environment(), token)) {
        List<Measure> measures = new ArrayList<>(speed(cloud, ingest, say));
        measures.addAll(heap(ingest, say));
        return measures;
      }
    } finally {
      remove(folder);
    }
  }

  private static List<Measure> speed(Cloud cloud, IngestProcess ingest, Consumer<String> say)
      throws Exception {
    List<Double> direct = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> digested = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      Path file = BenchRecording.write(ingest.folder(), 3 * round, RECORDING_BYTES);
      double put = seconds(() -> put(cloud, file));
      double through = seconds(() -> ingest.upload(file, ""));
      Path other = BenchRecording.write(ingest.folder(), 3 * round + 1, RECORDING_BYTES);
      String digest = BenchRecording.digest(other);
      double announced = seconds(() -> ingest.upload(other, digest));
      cloud.privateStore().delete("bench");
      Files.delete(file);
      Files.delete(other);
      say.accept(
          String.format(
              Locale.ROOT,
              "round %d: direct %.2f s, through ingest %.2f s, with a digest announced %.2f s%s",
              round,
              put,
              through,
              announced,
              round == 0 ? " (warm-up)" : ""));
      if (round > 0) {
        direct.add(rate(put));
        plain.add(rate(through));
        digested.add(rate(announced));
      }
    }
    double baseline = median(direct);
    return List.of(
        Measure.ratio(
            "ingest",
            "client to S3, digest announced",
            median(digested),
            "MB/s",
            baseline,
            Measure.Goal.atLeast(0.8)),
        Measure.ratio(
            "ingest",
            "client to S3, nothing announced",
            median(plain),
            "MB/s",
            baseline,
            Measure.Goal.atLeast(0.8)));
  }

  private static List<Measure> heap(IngestProcess ingest, Consumer<String> say) throws Exception {
    double one = ingest.liveHeapWith(1);
    double many = ingest.liveHeapWith(MANY);
    say.accept(
        String.format(
            Locale.ROOT, "live heap: %.1f MB with 1 upload, %.1f MB with %d", one, many, MANY));
    return List.of(
        Measure.plain("ingest", "live heap with 1 upload half way in", one, "MB", null),
        Measure.ratio(
            "ingest",
            "live heap with " + MANY + " uploads half way in",
            many,
            "MB",
            one,
            Measure.Goal.atMost(1.5)),
        Measure.plain(
            "ingest",
            "heap that the process was given for all of this",
            IngestProcess.HEAP_MB,
            "MB",
            null));
  }

  /** One call of the SDK's, behind the store's port. */
  private static void put(Cloud cloud, Path file) throws IOException {
    cloud
        .privateStore()
        .put("bench", ObjectData.of(file, "application/octet-stream"), PutCondition.always());
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double rate(double seconds) {
    return RECORDING_BYTES / 1e6 / seconds;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
