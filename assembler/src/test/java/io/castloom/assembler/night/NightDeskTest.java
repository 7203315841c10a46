package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.assembler.feed.FeedAddresses;
import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.domain.ManualClock;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.announce.Announcements;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightInsertions;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.NightRequests;
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
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NightDeskTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 25);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final MemoryObjectStore files = new MemoryObjectStore("public", clock);
  private final JobStore jobs = new StoredJobs(store);
  private final Catalog catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
  private final CatalogEditor editor = new CatalogEditor(store, catalog);
  private final ShowBooks books = new ShowBooks(store, catalog);

  @BeforeEach
  void a_show_with_one_published_episode() throws IOException {
    Original body = Samples.anOriginal(Samples.DEMO, "body.wav", Duration.ofMinutes(30));
    store.put(body.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(body);
    apply(
        new DocumentKey.OfShow("talk"),
        Map.of(
            "title", "Talk",
            "language", "en",
            "description", "People who talk.",
            "author", "Ann Author",
            "cover", "https://example.org/cover.jpg",
            "categories", List.of("Technology"),
            "formats", List.of("mp3-128"),
            "dropTime", "03:00"));
    apply(
        new DocumentKey.OfEpisode("talk", "one"),
        Map.of(
            "title", "One",
            "bodies", List.of(body.sha256().hex()),
            "state", "published",
            "publishedAt", "2026-11-20T08:00:00Z"));
  }

  @Test
  void of_two_assemblers_one_runs_the_night() throws IOException {
    desk("a").tick();
    desk("b").tick();

    assertThat(run().by()).isEqualTo("a");
    assertThat(run().ordered()).extracting(NightRun.Ordered::episode).containsExactly("one");
    assertThat(ordered()).hasSize(1);
  }

  @Test
  void a_night_is_finished_by_whoever_sees_its_jobs_ended_and_the_feed_is_written()
      throws IOException {
    desk("a").tick();
    Job job = ordered().getFirst();
    jobs.end(
        job.account(), job.id(), new JobStore.Ending(JobState.FAILED, clock.instant(), "no disk"));

    desk("b").tick();

    assertThat(run().state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(run().report().lines())
        .extracting(NightReport.Line::outcome, NightReport.Line::why)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(NightReport.Outcome.FAILED, "no disk"));
    assertThat(files.head("feeds/talk.xml")).isPresent();
  }

  @Test
  void missed_nights_are_not_made_up_for_and_the_last_one_is() throws IOException {
    clock.advance(Duration.ofDays(5));

    desk("a").tick();

    assertThat(find(NIGHT)).isEmpty();
    assertThat(find(NIGHT.plusDays(5))).isPresent();
  }

  @Test
  void a_run_that_was_begun_and_never_ordered_is_begun_again_after_a_while() throws IOException {
    new Documents<>(store, NightRun.class)
        .create(
            NightRun.key(NIGHT, "talk"), NightRun.begin("talk", NIGHT, clock.instant(), "dead"));

    desk("b").tick();
    assertThat(run().by()).isEqualTo("dead");

    clock.advance(Duration.ofMinutes(11));
    desk("b").tick();
    assertThat(run().by()).isEqualTo("b");
    assertThat(ordered()).hasSize(1);
  }

  @Test
  void what_failed_is_run_again_when_somebody_asks_and_its_line_is_replaced() throws IOException {
    desk("a").tick();
    end(ordered().getFirst(), JobState.FAILED, "no disk");
    desk("a").tick();
    clock.advance(Duration.ofMinutes(1));
    NightRequests requests = new NightRequests(store);
    requests.ask(
        new NightRequests.Request(
            "talk", NIGHT, NightRequests.Extent.FAILED, clock.instant().minusSeconds(1)));

    desk("b").tick();
    desk("a").tick(); // the other one comes as well

    assertThat(requests.open()).isEmpty();
    assertThat(run().state()).isEqualTo(NightRun.State.ORDERED);
    assertThat(run().by()).isEqualTo("b");
    List<Job> both = ordered();
    assertThat(both).hasSize(2);
    JobId again = run().ordered().getFirst().job();
    Job second = both.stream().filter(job -> job.id().equals(again)).findFirst().orElseThrow();
    end(second, JobState.DONE, "");
    desk("a").tick();
    assertThat(run().state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(run().report().lines())
        .extracting(NightReport.Line::outcome)
        .containsExactly(NightReport.Outcome.REBUILT);

    requests.ask(
        new NightRequests.Request(
            "talk", NIGHT, NightRequests.Extent.FAILED, clock.instant().minusSeconds(5)));
    desk("b").tick(); // an order of before the run that served it
    assertThat(ordered()).hasSize(2);
    assertThat(requests.open()).isEmpty();
  }

  @Test
  void what_is_run_again_by_hand_books_nothing_for_other_shows() throws IOException {
    Original body = Samples.anOriginal(Samples.DEMO, "news.wav", Duration.ofMinutes(30));
    Original ad = Samples.anOriginal(Samples.DEMO, "ad.wav", Duration.ofSeconds(20));
    for (Original original : List.of(body, ad)) {
      store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
      new StoredOriginals(store).describe(original);
    }
    apply(
        new DocumentKey.OfShow("news"),
        Map.of(
            "title", "News",
            "language", "en",
            "description", "What is new.",
            "author", "Ann Author",
            "cover", "https://example.org/cover.jpg",
            "categories", List.of("Technology"),
            "formats", List.of("mp3-128"),
            "dropTime", "03:00"));
    apply(
        new DocumentKey.OfEpisode("news", "two"),
        Map.of(
            "title", "Two",
            "bodies", List.of(body.sha256().hex()),
            "state", "published",
            "publishedAt", "2026-11-20T08:00:00Z"));
    desk("a").tick();
    for (Job job : ordered()) {
      end(job, JobState.DONE, "");
    }
    desk("a").tick();
    apply(
        new DocumentKey.OfCreative("rope"),
        Map.of(
            "advertiser", "tidewater",
            "title", "Rope",
            "language", "en",
            "versions", List.of(Map.of("original", ad.sha256().hex(), "weight", 1))));
    apply(
        new DocumentKey.OfCampaign("rope-all-year"),
        Map.of("advertiser", "tidewater", "tier", "house", "creatives", List.of("rope")));
    clock.advance(Duration.ofMinutes(1));
    new NightRequests(store)
        .ask(
            new NightRequests.Request(
                "talk", NIGHT, NightRequests.Extent.ALL, clock.instant().minusSeconds(1)));

    desk("a").tick();

    assertThat(new NightInsertions(store).of("rope-all-year", NIGHT, NIGHT))
        .containsOnlyKeys("talk");
  }

  private void end(Job job, JobState state, String why) throws IOException {
    jobs.end(job.account(), job.id(), new JobStore.Ending(state, clock.instant(), why));
  }

  @Test
  void a_draft_is_left_as_it_is() throws IOException {
    apply(
        new DocumentKey.OfEpisode("talk", "one"),
        Map.of(
            "title",
            "One",
            "bodies",
            List.of(
                Samples.anOriginal(Samples.DEMO, "body.wav", Duration.ofMinutes(30))
                    .sha256()
                    .hex())));

    desk("a").tick();

    assertThat(run().ordered()).isEmpty();
    assertThat(run().report().skipped()).containsEntry("draft", 1L);
  }

  @Test
  void a_night_is_announced_an_hour_before_it_begins() throws IOException {
    ShowFormats formats = new ShowFormats(_ -> StandardProfiles.ALL);
    NightHerald herald =
        new NightHerald(
            store,
            new NightShows(catalog, clock),
            new NightPlanner(catalog, books, store, formats, "build-1"));
    Announcements announcements = new Announcements(store);
    herald.tick(clock.instant());
    assertThat(announcements.ahead(clock.instant())).isEmpty();

    clock.set(Instant.parse("2026-11-26T02:10:00Z")); // 03:00 is UTC in this show
    herald.tick(clock.instant());
    herald.tick(clock.instant());

    assertThat(announcements.ahead(clock.instant()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.lane()).hasToString("assembly-bulk");
              assertThat(one.tasks()).isEqualTo(1);
              assertThat(one.at()).isEqualTo(Instant.parse("2026-11-26T03:00:00Z"));
            });
  }

  private NightDesk desk(String name) {
    Map<WorkClass, WorkQueue<Task>> queues = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      queues.put(workClass, new MemoryWorkQueue<>(workClass.slug(), clock));
    }
    Dispatcher dispatcher =
        new Dispatcher(
            jobs,
            new StoredBacklog(store),
            new WorkQueues(queues),
            new Dispatcher.Fairness(_ -> 4, _ -> 1, 200),
            clock);
    ShowFormats formats = new ShowFormats(_ -> StandardProfiles.ALL);
    return new NightDesk(
        new NightDesk.Parts(
            store,
            new NightShows(catalog, clock),
            new NightPlanner(catalog, books, store, formats, "build-1"),
            new AssemblyOrders(store, formats, dispatcher, clock),
            jobs,
            new StoredVersions(store),
            new FeedPublisher(
                books,
                new FeedPublisher.Stores(store, files),
                new FeedAddresses(URI.create("https://example.org")),
                clock,
                FeedPublisher.Hubs.NONE)),
        name,
        clock);
  }

  private void apply(DocumentKey key, Map<String, ?> document) throws IOException {
    assertThat(editor.apply(key, document, "demo", null, false))
        .isInstanceOf(Applied.Accepted.class);
  }

  private NightRun run() throws IOException {
    return find(NIGHT).orElseThrow();
  }

  private Optional<NightRun> find(LocalDate night) throws IOException {
    return new Documents<>(store, NightRun.class)
        .find(NightRun.key(night, "talk"))
        .map(Documents.Versioned::value);
  }

  private List<Job> ordered() throws IOException {
    return jobs.list(Samples.DEMO, Optional.empty(), 100).jobs();
  }
}
