package io.castloom.worker.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StageTools;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ffmpeg.Sounds;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store, a worker's stages and jobs that are worked off without queues. */
final class Studio {

  static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  static final AccountId DEMO = new AccountId("demo");

  final Path folder;
  final MemoryObjectStore store;
  final Map<TaskId, TaskRecord> records;
  final List<String> done = new ArrayList<>();
  private final Stages stages;

  Studio(Path folder) throws IOException {
    this(folder, Sounds.TOOLS);
  }

  Studio(Path folder, StageTools tools) throws IOException {
    this(
        folder, tools, new MemoryObjectStore("private", InstantSource.fixed(NOW)), new HashMap<>());
  }

  /** Another worker on the same store. */
  Studio(Path folder, StageTools tools, MemoryObjectStore store) throws IOException {
    this(folder, tools, store, new HashMap<>());
  }

  private Studio(
      Path folder, StageTools tools, MemoryObjectStore store, Map<TaskId, TaskRecord> records)
      throws IOException {
    this.folder = folder;
    this.store = store;
    this.records = records;
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    this.stages =
        new Stages(
            new Workbench(
                tools,
                store,
                new DiskCache(store, cache, 1L << 30, DiskCache.CacheListener.none()),
                scratch,
                InstantSource.fixed(NOW),
                StageListener.none()));
  }

  /** Another instance of the same house, with nothing on its disk yet. */
  Studio another() throws IOException {
    return new Studio(Files.createTempDirectory(folder, "another"), Sounds.TOOLS, store, records);
  }

  /** Probes and stores a file as an original. */
  Original upload(Path file) throws Exception {
    Path name = file.getFileName();
    ProbeOutcome outcome = Sounds.TOOLS.probe(file, name.toString());
    assertThat(outcome).isInstanceOf(ProbeOutcome.Recognised.class);
    Original original =
        new Original(
            DEMO,
            Sha256.of(Files.readAllBytes(file)),
            name.toString(),
            ((ProbeOutcome.Recognised) outcome).media(),
            NOW);
    store.put(original.key(), ObjectData.of(file, "audio/wav"), PutCondition.always());
    return original;
  }

  static Job job(Original original, Job.Policy policy, Profile... profiles) {
    return JobPlanner.plan(original, List.of(profiles), Priority.NORMAL, null, null, policy, NOW);
  }

  /** Works a job off to its end and gives its products by name. */
  Map<String, Product> finish(Job job) throws Exception {
    JobFlow flow = JobFlow.of(job, records);
    for (List<Task> ready = flow.ready(NOW); !ready.isEmpty(); ready = flow.ready(NOW)) {
      for (Task task : ready) {
        TaskOutcome outcome = run(task);
        assertThat(outcome).as("%s", task.id()).isInstanceOf(TaskOutcome.Produced.class);
        record(task, ((TaskOutcome.Produced) outcome).products());
      }
      flow = JobFlow.of(job, records);
    }
    assertThat(flow.state(false)).isEqualTo(JobState.DONE);
    assertThat(flow.progress()).isEqualTo(1);
    Map<String, Product> products = new HashMap<>();
    flow.products().forEach(product -> products.put(product.name(), product));
    return products;
  }

  TaskOutcome run(Task task) throws IOException, InterruptedException {
    done.add(task.id().name());
    return stages.run(task.spec(), context(true));
  }

  void record(Task task, List<Product> products) {
    records.put(
        task.id(),
        new TaskRecord(task.id(), task.account(), TaskState.DONE, 0, List.of(), products));
  }

  /** Brings a stored object here. */
  Path fetch(String key) throws IOException {
    Path file = folder.resolve(key.replace('/', '_'));
    try (ObjectContent content = store.get(key, null)) {
      Files.deleteIfExists(file);
      Files.copy(content.stream(), file);
    }
    return file;
  }

  static Job.Policy cutAt(int seconds) {
    return new Job.Policy(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
  }

  static TaskContext context(boolean publishable) {
    return new TaskContext() {
      @Override
      public InstanceId instance() {
        return new InstanceId("local-1");
      }

      @Override
      public boolean stopping() {
        return false;
      }

      @Override
      public boolean publishable() {
        return publishable;
      }

      @Override
      public void progress(double fraction) {}
    };
  }
}
