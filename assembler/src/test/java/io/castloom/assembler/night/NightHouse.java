package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.assembler.episode.Assembling;
import io.castloom.assembler.feed.FeedAddresses;
import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.assembler.pieces.PieceOrders;
import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.mp3.FrameHeader;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.Silence;
import io.castloom.domain.ManualClock;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Documents;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.stitch.EpisodeStitcher;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Assemblers on buckets in memory, with recordings of silence that are encoded already. */
final class NightHouse {
  /** 128 kbit/s, 44.1 kHz, stereo. */
  private static final FrameHeader FRAMES = new FrameHeader(0xfffb9000);

  static final String ENCODER = "build-1";

  final ManualClock clock;
  final MemoryObjectStore store;
  final MemoryObjectStore files;
  final StoredVersions versions;
  final JobStore jobs;
  private final Catalog catalog;
  private final CatalogEditor editor;
  private final ShowBooks books;
  private final TaskHandler assembler;
  private final Set<Job> done = new HashSet<>();

  NightHouse(Instant start) {
    clock = new ManualClock(start);
    store = new MemoryObjectStore("private", clock);
    files = new MemoryObjectStore("public", clock);
    versions = new StoredVersions(store);
    jobs = new StoredJobs(store);
    catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
    editor = new CatalogEditor(store, catalog);
    books = new ShowBooks(store, catalog);
    assembler = assembler(store, files);
  }

  /** An assembler's handler that sees the buckets through others. */
  TaskHandler assembler(ObjectStore on, ObjectStore published) {
    Catalog shows = new Catalog(on, _ -> StandardProfiles.ALL.keySet());
    return Assembling.handler(
        on,
        published,
        shows,
        new ShowFormats(_ -> StandardProfiles.ALL),
        new PieceOrders(new StoredOriginals(on), new StoredJobs(on), dispatcher(on)::submit, clock),
        new FeedPublisher(
            new ShowBooks(on, shows),
            new FeedPublisher.Stores(on, published),
            new FeedAddresses(URI.create("https://example.org")),
            clock,
            FeedPublisher.Hubs.NONE),
        ENCODER,
        new Reach(false),
        clock);
  }

  private Dispatcher dispatcher(ObjectStore on) {
    Map<WorkClass, WorkQueue<Task>> queues = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      queues.put(workClass, new MemoryWorkQueue<>(workClass.slug(), clock));
    }
    return new Dispatcher(
        new StoredJobs(on),
        new StoredBacklog(on),
        new WorkQueues(queues),
        new Dispatcher.Fairness(_ -> 4, _ -> 1, 200),
        clock);
  }

  /** An assembler's desk that sees the private bucket through another one. */
  NightDesk desk(String name, ObjectStore on) {
    return desk(name, on, files);
  }

  /** The same, through another public bucket as well. */
  NightDesk desk(String name, ObjectStore on, ObjectStore published) {
    ShowFormats formats = new ShowFormats(_ -> StandardProfiles.ALL);
    Catalog shows = new Catalog(on, _ -> StandardProfiles.ALL.keySet());
    ShowBooks read = new ShowBooks(on, shows);
    return new NightDesk(
        new NightDesk.Parts(
            on,
            new NightShows(shows, clock),
            new NightPlanner(shows, read, on, formats, ENCODER),
            new AssemblyOrders(on, formats, dispatcher(on), clock),
            new StoredJobs(on),
            new StoredVersions(on),
            new FeedPublisher(
                read,
                new FeedPublisher.Stores(on, published),
                new FeedAddresses(URI.create("https://example.org")),
                clock,
                FeedPublisher.Hubs.NONE)),
        name,
        clock);
  }

  NightPlanner planner() {
    return new NightPlanner(
        catalog, books, store, new ShowFormats(_ -> StandardProfiles.ALL), ENCODER);
  }

  VersionSweeper sweeper(Duration grace) {
    return new VersionSweeper(catalog, versions, files, grace);
  }

  void apply(DocumentKey key, Map<String, ?> document) throws IOException {
    Applied applied = editor.apply(key, document, "demo", null, false);
    assertThat(applied).as(key.words()).isInstanceOf(Applied.Accepted.class);
  }

  void delete(DocumentKey key) throws IOException {
    assertThat(editor.delete(key, "demo", null)).isInstanceOf(Applied.Accepted.class);
  }

  /** A recording and its piece in {@code mp3-128}; gives its hash. */
  String recording(String name, Segment.Kind kind, int seconds) throws IOException {
    Original original = Samples.anOriginal(Samples.DEMO, name, Duration.ofSeconds(seconds));
    String sha = original.sha256().hex();
    store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(original);
    byte[] audio = Silence.frames(FRAMES, seconds * 44_100 / 1152);
    PieceKey key =
        EpisodeStitcher.key(
            kind,
            sha,
            Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128")).withLoudness(-16),
            ENCODER);
    if (!(Mp3Scanner.scan(ByteSource.of(audio)) instanceof Parsed.Good<Mp3Scan>(Mp3Scan scan))) {
      throw new AssertionError("the test's frames are none");
    }
    store.put(key.audio(), ObjectData.of(audio, "audio/mpeg"), PutCondition.ifAbsent());
    store.put(
        key.index(),
        ObjectData.of(scan.index().encode(), "application/octet-stream"),
        PutCondition.ifAbsent());
    return sha;
  }

  /** Does all assembly jobs that are open; gives how many. */
  int work() throws IOException, InterruptedException {
    int count = 0;
    for (Job job : open()) {
      done.add(job);
      for (Task task : JobFlow.of(job, Map.of()).ready(clock.instant())) {
        TaskOutcome outcome = assembler.handle(task, context());
        // of a task that decides alone the record is all that is ever written
        switch (outcome) {
          case TaskOutcome.Produced(List<Product> products) ->
              record(task, TaskState.DONE, "", products);
          case TaskOutcome.Rejected(String cause) ->
              record(task, TaskState.REJECTED, cause, List.of());
          case TaskOutcome.Retry _,
              TaskOutcome.Postponed _,
              TaskOutcome.Interrupted _,
              TaskOutcome.Cancelled _ ->
              jobs.end(
                  job.account(),
                  job.id(),
                  new JobStore.Ending(JobState.FAILED, clock.instant(), outcome.toString()));
        }
        count++;
      }
    }
    return count;
  }

  private void record(Task task, TaskState state, String cause, List<Product> products)
      throws IOException {
    assertThat(task.sole()).isTrue();
    Attempt attempt = new Attempt("a-1", ENCODER, clock.instant(), clock.instant(), "", cause, "");
    jobs.record(new TaskRecord(task.id(), task.account(), state, 0, List.of(attempt), products));
  }

  /** Assembly jobs that nobody has done. */
  List<Job> open() throws IOException {
    return jobs.list(Samples.DEMO, Optional.empty(), 1000).jobs().stream()
        .filter(job -> job.assembly() != null && !done.contains(job))
        .toList();
  }

  Optional<NightRun> run(LocalDate night, String show) throws IOException {
    return new Documents<>(store, NightRun.class)
        .find(NightRun.key(night, show))
        .map(Documents.Versioned::value);
  }

  static TaskContext context() {
    return context(() -> true);
  }

  /**
   * @param publishable is asked when the documents are read and nothing is published yet
   */
  static TaskContext context(BooleanSupplier publishable) {
    return new TaskContext() {
      @Override
      public InstanceId instance() {
        return new InstanceId("a-1");
      }

      @Override
      public boolean stopping() {
        return false;
      }

      @Override
      public boolean publishable() {
        return publishable.getAsBoolean();
      }

      @Override
      public void progress(double fraction) {}
    };
  }
}
