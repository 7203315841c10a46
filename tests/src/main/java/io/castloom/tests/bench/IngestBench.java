package io.castloom.tests.bench;

import ch.qos.logback.classic.Level;
import io.castloom.aws.AwsSettings;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
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
import java.util.Map;
import java.util.TreeMap;
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
  private static final int PACED_ROUNDS = 3;
  private static final double LINE = 90e6;
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
        List<Measure> measures = new ArrayList<>(speed(cloud, ingest, ROUNDS, "", say));
        measures.addAll(heap(ingest, say));
        measures.addAll(paced(embedded, folder, token, say));
        return measures;
      }
    } finally {
      remove(folder);
    }
  }

  /**
   * The same on lines as the real store has them. On this machine store, ingest and client share
   * the cores, so that the first measure tells what all of them cost rather than how ingest sends.
   */
  private static List<Measure> paced(
      EmbeddedCloud embedded, Path folder, String token, Consumer<String> say) throws Exception {
    AwsSettings plain = embedded.settings();
    try (PacedLine line = PacedLine.to(embedded.s3Endpoint(), LINE)) {
      AwsSettings slow =
          new AwsSettings(
              plain.region(), line.endpoint(), plain.sqsEndpoint(), null, null, plain.key());
      Map<String, String> environment = new TreeMap<>(embedded.environment());
      environment.put("AWS_ENDPOINT_URL_S3", line.endpoint().toString());
      Path own = Files.createDirectories(folder.resolve("paced"));
      try (Cloud cloud =
              Cloud.open(
                  new CloudSettings(slow, Names.of("bench"), true), (service, operation) -> {});
          IngestProcess ingest = IngestProcess.start(own, environment, token)) {
        return speed(cloud, ingest, PACED_ROUNDS, " on lines of 90 MB/s", say);
      }
    }
  }

  private static List<Measure> speed(
      Cloud cloud, IngestProcess ingest, int rounds, String line, Consumer<String> say)
      throws Exception {
    List<Double> direct = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> digested = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Path file = BenchRecording.write(ingest.folder(), number(line, round), RECORDING_BYTES);
      double put = seconds(() -> put(cloud, file));
      double through = seconds(() -> ingest.upload(file, ""));
      Path other = BenchRecording.write(ingest.folder(), number(line, round) + 1, RECORDING_BYTES);
      String digest = BenchRecording.digest(other);
      double announced = seconds(() -> ingest.upload(other, digest));
      forget(cloud.privateStore());
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
            "client to S3, digest announced" + line,
            median(digested),
            "MB/s",
            baseline,
            Measure.Goal.atLeast(0.8)),
        Measure.ratio(
            "ingest",
            "client to S3, nothing announced" + line,
            median(plain),
            "MB/s",
            baseline,
            Measure.Goal.atLeast(0.8)));
  }

  /** Another one for each round of each line: what the store knows already is not sent again. */
  private static int number(String line, int round) {
    return 3 * round + (line.isEmpty() ? 0 : 1_000);
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

  /** What lay in the store would be written to the disk meanwhile, and hold up the next round. */
  private static void forget(ObjectStore store) throws IOException {
    store.delete("bench");
    for (ObjectInfo original : store.list("originals/", "", 1_000).objects()) {
      store.delete(original.key());
    }
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
