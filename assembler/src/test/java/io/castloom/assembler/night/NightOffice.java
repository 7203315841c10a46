package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.assembler.feed.FeedAddresses;
import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.domain.ManualClock;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
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

/** Desks of assemblers on buckets in memory, and a show with one published episode. */
final class NightOffice {
  static final LocalDate NIGHT = LocalDate.of(2026, 11, 25);

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  final MemoryObjectStore files = new MemoryObjectStore("public", clock);
  final JobStore jobs = new StoredJobs(store);
  final Catalog catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
  private final CatalogEditor editor = new CatalogEditor(store, catalog);
  private final ShowBooks books = new ShowBooks(store, catalog);
  private final ShowFormats formats = new ShowFormats(_ -> StandardProfiles.ALL);

  NightOffice() throws IOException {
    show("talk", "one", recording("body.wav", Duration.ofMinutes(30)));
  }

  /** A recording of the demo account; gives its name. */
  String recording(String name, Duration length) throws IOException {
    Original original = Samples.anOriginal(Samples.DEMO, name, length);
    store.put(original.key(), ObjectData.of(new byte[1], "audio/wav"), PutCondition.ifAbsent());
    new StoredOriginals(store).describe(original);
    return original.sha256().hex();
  }

  /** A show whose nights begin at 03:00 UTC, with one episode that was published days ago. */
  void show(String id, String episode, String body) throws IOException {
    apply(
        new DocumentKey.OfShow(id),
        Map.of(
            "title", id,
            "language", "en",
            "description", "People who talk.",
            "author", "Ann Author",
            "cover", "https://example.org/cover.jpg",
            "categories", List.of("Technology"),
            "formats", List.of("mp3-128"),
            "dropTime", "03:00"));
    apply(
        new DocumentKey.OfEpisode(id, episode),
        Map.of(
            "title",
            episode,
            "bodies",
            List.of(body),
            "state",
            "published",
            "publishedAt",
            "2026-11-20T08:00:00Z"));
  }

  NightPlanner planner() {
    return new NightPlanner(catalog, books, store, formats, "build-1");
  }

  void end(Job job, JobState state, String why) throws IOException {
    jobs.end(job.account(), job.id(), new JobStore.Ending(state, clock.instant(), why));
  }

  NightDesk desk(String name) {
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
    return new NightDesk(
        new NightDesk.Parts(
            store,
            new NightShows(catalog, clock),
            planner(),
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

  void apply(DocumentKey key, Map<String, ?> document) throws IOException {
    assertThat(editor.apply(key, document, "demo", null, false))
        .isInstanceOf(Applied.Accepted.class);
  }

  NightRun run() throws IOException {
    return find(NIGHT).orElseThrow();
  }

  Optional<NightRun> find(LocalDate night) throws IOException {
    return new Documents<>(store, NightRun.class)
        .find(NightRun.key(night, "talk"))
        .map(Documents.Versioned::value);
  }

  List<Job> ordered() throws IOException {
    return jobs.list(Samples.DEMO, Optional.empty(), 100).jobs();
  }
}
