package io.castloom.ingest;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.IntakePolicy;
import io.castloom.ingest.intake.Senders;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.Spool;
import io.castloom.ingest.intake.UploadHerald;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobOrders;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WhyWaiting;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.outgoing.Reach;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that ingest works with, in memory; only the media tools are make-believe. */
public final class World implements AutoCloseable {
  public static final AccountId DEMO = new AccountId("demo");
  public static final long MIB = 1L << 20;

  public final InstantSource clock = InstantSource.system();
  public final ManualClock heraldClock = ManualClock.atNoon();
  public final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  public final MemoryObjectStore published = new MemoryObjectStore("public", clock);
  public final StoredJobs jobs = new StoredJobs(store);
  public final StoredBacklog backlog = new StoredBacklog(store);
  public final Accounts accounts = new Accounts(store, clock);
  public final FleetView fleet = new FleetView(store, clock);
  public final WorkQueues queues;
  public final Dispatcher dispatcher;
  public final JobOrders orders;
  public final WhyWaiting why;
  public final FakeTools tools = new FakeTools();
  public final Spool spool;
  public final Catalog catalog = new Catalog(store, _ -> StandardProfiles.ALL.keySet());
  public final CatalogEditor editor = new CatalogEditor(store, catalog);
  public final ShowUploads shows = new ShowUploads(catalog, editor);
  public final Intake intake;
  public final UploadHerald herald = new UploadHerald(store, Job.Policy.DEFAULT, heraldClock);
  public final String token;
  public final String operatorToken;
  private final Senders senders = new Senders(2);

  /**
   * @param folder for the spool
   */
  public World(Path folder) throws IOException {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    WorkClass.all().forEach(it -> byClass.put(it, new MemoryWorkQueue<>(it.slug(), clock)));
    queues = new WorkQueues(byClass);
    dispatcher =
        new Dispatcher(
            jobs,
            backlog,
            queues,
            new Dispatcher.Fairness(fleet::slots, accounts::weight, 200),
            clock);
    orders =
        new JobOrders(
            jobs,
            backlog,
            dispatcher,
            new MemoryControlChannel(clock),
            new Endings(jobs, Endings.Listener.none()),
            clock);
    why =
        new WhyWaiting(
            backlog,
            fleet,
            new io.castloom.service.jobs.RunningPlaces(store, accounts::runningTasks, clock),
            clock);
    spool = new Spool(folder, 256 * MIB);
    Intake.Parts parts = new Intake.Parts(store, tools, dispatcher::submit, shows, clock);
    intake =
        new Intake(
            parts,
            spool,
            senders,
            new IntakePolicy(48 * MIB, 4 * MIB, 2, Job.Policy.DEFAULT, new Reach(false)));
    accounts.add(DEMO, Account.Role.CUSTOMER);
    accounts.add(new AccountId("ops"), Account.Role.OPERATOR);
    token = accounts.newToken(DEMO, "test").orElseThrow();
    operatorToken = accounts.newToken(new AccountId("ops"), "test").orElseThrow();
  }

  /** What lies in the private bucket below a prefix. */
  public List<String> keys(String prefix) throws IOException {
    return store.list(prefix, "", 1000).objects().stream().map(ObjectInfo::key).toList();
  }

  /** How many messages wait in all queues. */
  public long messages() throws IOException {
    long all = 0;
    for (WorkClass workClass : WorkClass.all()) {
      all += queues.of(workClass).counts().total();
    }
    return all;
  }

  @Override
  public void close() {
    herald.close();
    senders.close();
  }
}
