package io.castloom.tests.bench;

import io.castloom.aws.CallListener;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.FfmpegTools;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.instance.ChildProcess;
import io.castloom.local.system.ThisProgram;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.names.Names;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An embedded cloud in this JVM and worker processes beside it, for benchmarks. */
final class BenchHouse implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("bench");
  private static final Duration START = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 20;

  private final Path folder;
  private final EmbeddedCloud embedded;
  private final Cloud cloud;
  private final FfmpegTools tools;
  private final StoredJobs jobs;
  private final Dispatcher dispatcher;
  private final List<ChildProcess> workers = new ArrayList<>();

  BenchHouse() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("castloom-bench");
    tools = new FfmpegTools(Ffmpeg.find(System.getenv()));
    embedded = EmbeddedCloud.start(folder.resolve("data"), EmbeddedCloud.Ports.FREE);
    CloudSettings settings =
        new CloudSettings(embedded.settings(), Names.of(Names.DEFAULT_ENVIRONMENT), true);
    cloud = Cloud.open(settings, CallListener.none());
    cloud.provision();
    InstantSource clock = InstantSource.system();
    JobEngine engine =
        JobEngine.over(cloud.privateStore(), cloud.queues(), JobEngine.LARGEST_WINDOW, clock);
    jobs = engine.jobs();
    dispatcher = engine.dispatcher();
  }

  Path folder() {
    return folder;
  }

  FfmpegTools tools() {
    return tools;
  }

  Cloud cloud() {
    return cloud;
  }

  EmbeddedCloud embedded() {
    return embedded;
  }

  /** Starts worker processes of one slot each and waits until they take tasks. */
  void startWorkers(int count) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      Path log = folder.resolve("worker-" + i + ".log");
      workers.add(
          ChildProcess.start(
              process(
                  "io.castloom.worker.WorkerMain",
                  "--set",
                  "worker.slots=1",
                  "--set",
                  "admin.port=0",
                  "--set",
                  "worker.folder=" + folder.resolve("worker-" + i)),
              log));
    }
    for (int i = 0; i < count; i++) {
      awaitLine(folder.resolve("worker-" + i + ".log"), "is up", workers.get(i));
    }
  }

  /** A process of the house with this JVM's flags and class path, its cloud this one. */
  ProcessBuilder process(String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Xmx256m");
    command.addAll(ThisProgram.LEAVE_THE_CORES);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(embedded.environment());
    return builder;
  }

  static void awaitLine(Path log, String words, ChildProcess process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.exists(log) || !Files.readString(log).contains(words)) {
      if (!process.alive() || System.nanoTime() > deadline) {
        throw new IOException(
            "a process did not start: " + (Files.exists(log) ? Files.readString(log) : log));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  List<Long> workerPids() {
    return workers.stream().map(ChildProcess::pid).toList();
  }

  /** Probes a file and stores it as an original. */
  Original store(Path file) throws IOException, InterruptedException {
    return switch (tools.probe(file, file.getFileName().toString())) {
      case ProbeOutcome.Refused(String reason) -> throw new IOException(file + ": " + reason);
      case ProbeOutcome.Recognised(SourceMedia media) -> {
        Original original =
            new Original(
                ACCOUNT,
                digest(file),
                file.getFileName().toString(),
                media,
                InstantSource.system().instant());
        cloud
            .privateStore()
            .put(original.key(), ObjectData.of(file, "audio/wav"), PutCondition.ifAbsent());
        yield original;
      }
    };
  }

  Job submit(Original original, Profile profile) throws IOException {
    return dispatcher.submit(
        JobPlanner.plan(
            original,
            List.of(profile),
            Priority.NORMAL,
            null,
            null,
            Job.Policy.DEFAULT,
            InstantSource.system().instant()));
  }

  /**
   * Waits until a job is done and gives what it stored. Each reading of a job is dozens of calls of
   * the store, on the very cores that are measured: until a product of this profile lies there, one
   * listing a quarter of a second has to do, and a reading each five seconds, should it fail.
   */
  List<Product> await(Job job, Profile profile) throws IOException, InterruptedException {
    String rendition = "/" + profile.name() + "/";
    ObjectStore store = cloud.privateStore();
    for (int look = 1; ; look++) {
      boolean near =
          store.list("pieces/", "", 1_000).objects().stream()
              .anyMatch(object -> object.key().contains(rendition));
      if (!near && look % 20 != 0) {
        Thread.sleep(250);
        continue;
      }
      JobFlow flow = JobFlow.of(job, jobs.records(job.account(), job.id()));
      JobState state = flow.state(false);
      if (state == JobState.DONE) {
        return flow.products();
      }
      if (state.ended()) {
        throw new IOException("job " + job.id() + " ended " + state + ": " + flow.records());
      }
      Thread.sleep(LOOK_MILLIS * 5);
    }
  }

  Path fetch(String key, Path file) throws IOException {
    try (ObjectContent content = cloud.privateStore().get(key, null)) {
      Files.copy(content.stream(), file);
    }
    return file;
  }

  private static Sha256 digest(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 20];
      for (int n = in.read(block); n > 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    }
    return Sha256.finish(digest.digest());
  }

  @Override
  public void close() throws IOException {
    workers.forEach(worker -> worker.stop(Duration.ofSeconds(20)));
    workers.forEach(worker -> worker.ended().join());
    cloud.close();
    embedded.close();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
