package io.castloom.tests.bench;

import io.castloom.assembler.episode.Assembling;
import io.castloom.assembler.feed.FeedAddresses;
import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.assembler.pieces.PieceOrders;
import io.castloom.aws.CallListener;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.store.PutCondition;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.service.assembly.EpisodeOrder;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.json.Json;
import io.castloom.service.names.Names;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import io.castloom.service.versions.StoredVersions;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Nights over an archive on an embedded cloud. */
final class NightlyHouse implements AutoCloseable {
  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 25);
  private static final Instant NOW = NightlyArchive.NOW;

  private final Path folder;
  private final EmbeddedCloud embedded;
  private final Cloud cloud;
  private final StoreTime waiting = new StoreTime();
  private final TimedStore store;
  private final TimedStore files;
  private final StoredVersions versions;
  private final Catalog catalog;
  private final NightPlanner planner;
  private final NightlyArchive archive;

  /** A night that was planned. */
  record Timed(double seconds, double storeSeconds, int skipped, int rebuild, long calls) {}

  /** Episodes that were made. */
  record Assembled(int episodes, double seconds, double storeSeconds, long bytes, long ownBytes) {}

  NightlyHouse() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("castloom-bench-nightly");
    embedded = EmbeddedCloud.start(folder, EmbeddedCloud.Ports.FREE);
    cloud =
        Cloud.open(
            new CloudSettings(embedded.settings(), Names.of(Names.DEFAULT_ENVIRONMENT), true),
            CallListener.none());
    cloud.provision();
    store = new TimedStore(cloud.privateStore(), waiting);
    files = new TimedStore(cloud.publicStore(), waiting);
    versions = new StoredVersions(store);
    catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
    planner =
        new NightPlanner(
            catalog,
            new ShowBooks(store, catalog),
            store,
            new ShowFormats(_ -> StandardProfiles.ALL),
            NightlyArchive.ENCODER);
    archive = new NightlyArchive(store, catalog);
  }

  @Override
  public void close() throws IOException {
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

  NightlyArchive archive() {
    return archive;
  }

  /** Marks what a night wants as published, as if it had been assembled, until nothing is left. */
  void settle() throws Exception {
    NightPlanner.Night night = planner.plan(NIGHT, NOW);
    if (!night.broken().isEmpty()) {
      throw new IllegalStateException("broken: " + night.broken().values().iterator().next());
    }
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (String show : night.shows()) {
      for (NightPlanner.Verdict verdict : planner.verdicts(night, show)) {
        if (verdict.decision() instanceof Candidate.Decision.Rebuild) {
          puts.add(() -> publish(verdict));
        }
      }
      NightlyArchive.inParallel(puts);
      puts.clear();
    }
    planner.plan(NIGHT, NOW); // the books are up to date now
  }

  private boolean publish(NightPlanner.Verdict verdict) throws IOException {
    EpisodeOrder order = verdict.order();
    Arrangement arrangement = verdict.arrangements().values().iterator().next();
    String id = arrangement.fingerprint().substring(0, 16);
    MediaVersion version =
        new MediaVersion(
            id,
            "mp3-128",
            "media/%s/%s/%s.mp3".formatted(order.show(), order.episode(), id),
            "audio/mpeg",
            20_000_000,
            Duration.ofSeconds(NightlyArchive.BODY_SECONDS),
            arrangement.fingerprint(),
            NIGHT,
            NOW,
            19_000_000,
            1_000_000);
    versions.update(
        order.show(),
        order.episode(),
        before ->
            EpisodeMedia.NONE.publish(
                List.of(version), arrangement.placements(), TimedParts.NONE, NOW));
    return true;
  }

  /** Plans a night and decides for every episode, a show at a time, as the night's run does. */
  Timed night() throws IOException {
    long calls = store.calls();
    double waited = waiting.seconds();
    long from = System.nanoTime();
    int rebuild = 0;
    int all = 0;
    NightPlanner.Night night = planner.plan(NIGHT, NOW);
    for (String show : night.shows()) {
      for (NightPlanner.Verdict verdict : planner.verdicts(night, show)) {
        rebuild += verdict.decision() instanceof Candidate.Decision.Rebuild ? 1 : 0;
        all++;
      }
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Timed(
        seconds, waiting.seconds() - waited, all - rebuild, rebuild, store.calls() - calls);
  }

  /**
   * What a night keeps alive.
   *
   * @param most bytes that were alive in it whenever it was about to ask the store, which lives in
   *     this JVM too and is idle then
   * @param after bytes that were alive when it was over: all that is not the night's
   */
  record Heap(long most, long after) {
    long own() {
      return most - after;
    }
  }

  Heap heapOfANight() throws IOException {
    AtomicLong most = new AtomicLong();
    waiting.before(() -> most.accumulateAndGet(alive(), Math::max));
    night();
    waiting.before(() -> {});
    return new Heap(most.get(), alive());
  }

  private static long alive() {
    System.gc();
    Runtime jvm = Runtime.getRuntime();
    return jvm.totalMemory() - jvm.freeMemory();
  }

  /** Assembles the first so many of the changed episodes, one after the other. */
  Assembled assemble(int count) throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    ShowFormats formats = new ShowFormats(_ -> StandardProfiles.ALL);
    TaskHandler handler =
        Assembling.handler(
            store,
            files,
            catalog,
            formats,
            new PieceOrders(
                new StoredOriginals(store),
                new StoredJobs(store),
                job -> {
                  throw new IllegalStateException("a piece is missing");
                },
                clock),
            new FeedPublisher(
                new ShowBooks(store, catalog),
                new FeedPublisher.Stores(store, files),
                new FeedAddresses(URI.create("https://example.org")),
                clock,
                FeedPublisher.Hubs.NONE),
            NightlyArchive.ENCODER,
            new Reach(false),
            clock);
    List<NightPlanner.Verdict> verdicts = rebuilds(count);
    double waited = waiting.seconds();
    long from = System.nanoTime();
    long bytes = 0;
    long own = 0;
    for (NightPlanner.Verdict verdict : verdicts) {
      EpisodeOrder order = verdict.order();
      store.put(
          EpisodeOrder.key(order.night(), order.show(), order.episode()),
          Json.data(order),
          PutCondition.always());
      Job job =
          JobPlanner.planAssembly(
              archive.body(),
              List.of(NightlyArchive.profile()),
              new Job.Assembly(order.show(), order.episode(), order.night()),
              Priority.BULK,
              "",
              NOW);
      for (Task task : JobFlow.of(job, Map.of()).ready(NOW)) {
        TaskOutcome outcome = handler.handle(task, new Alone());
        if (!(outcome instanceof TaskOutcome.Produced(List<Product> products))) {
          throw new IllegalStateException("not assembled: " + outcome);
        }
        for (Product product : products) {
          bytes += product.sizeBytes();
          own += Long.parseLong(product.facts().getOrDefault("ownBytes", "0"));
        }
      }
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Assembled(verdicts.size(), seconds, waiting.seconds() - waited, bytes, own);
  }

  private List<NightPlanner.Verdict> rebuilds(int count) throws IOException {
    List<NightPlanner.Verdict> rebuilds = new ArrayList<>();
    NightPlanner.Night night = planner.plan(NIGHT, NOW);
    for (String show : night.shows()) {
      planner.verdicts(night, show).stream()
          .filter(verdict -> verdict.decision() instanceof Candidate.Decision.Rebuild)
          .limit(count - rebuilds.size())
          .forEach(rebuilds::add);
    }
    return rebuilds;
  }

  /** A task that nobody stops. */
  private record Alone() implements TaskContext {
    @Override
    public InstanceId instance() {
      return new InstanceId("a-bench");
    }

    @Override
    public boolean stopping() {
      return false;
    }

    @Override
    public boolean publishable() {
      return true;
    }

    @Override
    public void progress(double fraction) {}
  }
}
