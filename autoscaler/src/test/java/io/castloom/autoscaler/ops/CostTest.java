package io.castloom.autoscaler.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.keep.TaskHistory;
import io.castloom.domain.ManualClock;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final ScalingSettings SETTINGS =
      ScalingSettings.defaults(new InstanceType("box", 1, 1, 3.6, 3.6), 50);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final Instant noon = clock.instant();
  private final List<Heartbeat.Done> done = new ArrayList<>();
  private ScalerOperations operations;

  /** An hour of one instance, and in it: an upload to a show, its stitching, and others' tasks. */
  @BeforeEach
  void a_day() throws IOException {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    WorkClass.all().forEach(it -> byClass.put(it, new MemoryWorkQueue<>(it.slug(), clock)));
    operations = new ScalerOperations(store, new WorkQueues(byClass), clock);

    Job upload = Samples.aJob(Samples.DEMO, "one.wav", Priority.NORMAL, "mp3-128");
    run(upload.withShow("talk"), 300);
    run(Samples.aJob(Samples.DEMO, "other.wav", Priority.NORMAL, "mp3-128").withShow("talk"), 100);
    run(Samples.aJob(Samples.DEMO, "alone.wav", Priority.HIGH, "mp3-128"), 400);
    run(stitching(upload, "one"), 20);
    run(stitching(upload, "two"), 80);
    store.put(
        "shows/talk/episodes/one.json",
        Json.data(
            Map.of(
                "account",
                "demo",
                "show",
                "talk",
                "episode",
                "one",
                "bodies",
                List.of(upload.original().sha256().hex()))),
        PutCondition.always());

    Ledger ledger = new Ledger(store);
    InstanceView box =
        new InstanceView(
            "i-1",
            WorkKind.TRANSCODE,
            "box",
            Market.ON_DEMAND,
            InstanceState.RUNNING,
            noon,
            noon,
            noon,
            null,
            1,
            List.of());
    ledger.count(List.of(box), List.of(), SETTINGS, clock.instant());
    clock.advance(Duration.ofHours(1));
    ledger.count(List.of(box), done, SETTINGS, clock.instant());
    TaskHistory history = new TaskHistory(store);
    history.add(done, clock.instant());
    history.flush(clock.instant());
  }

  private static Job stitching(Job upload, String episode) {
    return JobPlanner.planAssembly(
        upload.original(),
        upload.profiles(),
        new Job.Assembly("talk", episode, LocalDate.of(2026, 11, 25)),
        Priority.BULK,
        "",
        upload.createdAt());
  }

  /** Its first task, which takes so many seconds. */
  private void run(Job job, int seconds) throws IOException {
    new StoredJobs(store).open(job);
    Task task =
        JobFlow.of(job, Map.of()).ready(noon).stream()
            .filter(it -> !it.id().name().equals("analyse"))
            .findFirst()
            .orElseThrow();
    done.add(
        new Heartbeat.Done(
            task.id(),
            task.workClass(),
            task.account(),
            noon,
            noon.plusSeconds(1),
            noon.plusSeconds(1 + seconds),
            task.estimate(),
            task.show(),
            true));
  }

  @Test
  void the_whole_cost_of_a_day_is_shared_out_by_show() throws IOException {
    LocalDate day = LocalDate.ofInstant(noon, ZoneOffset.UTC);
    Ledger.Day bill = operations.cost(day, day).days().getFirst();
    assertThat(bill.usd()).isCloseTo(3.6, within(1e-6));
    Map<String, Double> shares = bill.usdBy(Ledger.Part.SHOW);
    assertThat(shares).containsOnlyKeys("talk", "");
    assertThat(shares.get("talk")).isCloseTo(3.6 * 500 / 900, within(1e-6));
    assertThat(shares.get("")).isCloseTo(3.6 * 400 / 900, within(1e-6));
    assertThat(bill.usdBy(Ledger.Part.KIND)).containsOnlyKeys("encode-mp3-128", "assemble");
  }

  @Test
  void an_episode_costs_its_encoding_and_its_stitching() throws IOException {
    EpisodeBill bill =
        operations
            .cost("talk", "one", noon.minus(Duration.ofDays(1)), clock.instant())
            .orElseThrow();
    assertThat(bill.secondsByWork()).isEqualTo(Map.of("encode-mp3-128", 300.0, "assemble", 20.0));
    assertThat(bill.tasks()).isEqualTo(2);
    assertThat(bill.usd()).isCloseTo(3.6 * 320 / 900, within(1e-6));
  }

  @Test
  void an_episode_that_does_not_exist_has_no_bill() throws IOException {
    assertThat(operations.cost("talk", "three", noon, clock.instant())).isEmpty();
  }

  @Test
  void a_day_notes_the_price_of_the_stores_calls() throws IOException {
    Ledger ledger = new Ledger(store);
    ledger.count(
        List.of(),
        List.of(),
        SettingKeys.with(SETTINGS, "storeUsdPerThousandRequests", "0.0047 USD"),
        clock.instant());
    ledger.flush(clock.instant());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    assertThat(new Ledger(store).day(today).orElseThrow().storeUsdPerThousandRequests())
        .isEqualTo(0.0047);
  }

  @Test
  void a_day_of_an_older_version_counts_as_no_shows() {
    Ledger.Day old =
        new Ledger.Day(
            LocalDate.EPOCH, 5, Map.of(), Map.of("demo|transcode-high|encode-mp3-128", 10.0), null);
    assertThat(old.usdBy(Ledger.Part.SHOW)).isEqualTo(Map.of("", 5.0));
  }
}
