package io.castloom.ingest;

import io.castloom.domain.media.MediaTools;
import io.castloom.domain.media.Profile;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.FfmpegTools;
import io.castloom.ingest.access.LoginLimit;
import io.castloom.ingest.ftp.FtpService;
import io.castloom.ingest.ftp.Incoming;
import io.castloom.ingest.ftp.Outgoing;
import io.castloom.ingest.ftp.Refusals;
import io.castloom.ingest.http.AccountRoutes;
import io.castloom.ingest.http.ConsoleRoutes;
import io.castloom.ingest.http.DeadRoutes;
import io.castloom.ingest.http.FleetRoutes;
import io.castloom.ingest.http.Gate;
import io.castloom.ingest.http.HttpServer;
import io.castloom.ingest.http.JobRoutes;
import io.castloom.ingest.http.JobViews;
import io.castloom.ingest.http.OriginalRoutes;
import io.castloom.ingest.http.ProfileRoutes;
import io.castloom.ingest.http.RenditionRoutes;
import io.castloom.ingest.http.RollRoutes;
import io.castloom.ingest.http.ScalerRoutes;
import io.castloom.ingest.http.Stopping;
import io.castloom.ingest.http.TusRoutes;
import io.castloom.ingest.http.UploadRoutes;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.Reconciler;
import io.castloom.ingest.intake.Senders;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.Spool;
import io.castloom.ingest.intake.UploadHerald;
import io.castloom.ingest.tus.TusReceiver;
import io.castloom.ingest.tus.TusStore;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.announce.RunningUploads;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.JobOrders;
import io.castloom.service.jobs.WhyWaiting;
import io.castloom.service.process.Parts;
import io.castloom.service.process.Role;
import io.castloom.service.process.RunningService;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.process.ServiceContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Ingest as it runs in this JVM.
 *
 * @param scheme {@code https} when the API has a certificate, else {@code http}
 * @param httpPort where the API really listens
 * @param ftpPort where FTP really listens; -1 when there is none
 * @param routes what HTTP serves, as {@code GET /v1/jobs/{job}}
 */
public record Ingest(
    RunningService service, String scheme, int httpPort, int ftpPort, SortedSet<String> routes)
    implements AutoCloseable {
  /** What the parts listen on. */
  record Ports(HttpServer http, int ftp) {}

  private static final int WRONG_TOKENS_PER_MINUTE = 20;

  /**
   * Starts it beside other processes in this JVM.
   *
   * @throws IOException a port is taken, a bucket is missing, ffmpeg cannot be found
   */
  public static Ingest start(ServiceArguments arguments, InstantSource clock)
      throws IOException, InterruptedException {
    CompletableFuture<Ports> ports = new CompletableFuture<>();
    RunningService service =
        Service.start(
            Role.INGEST,
            arguments,
            IngestSettings::from,
            (settings, context) -> ports.complete(build(settings, context)),
            clock);
    Ports built = ports.join();
    HttpServer http = built.http();
    return new Ingest(service, http.scheme(), http.port(), built.ftp(), http.routes());
  }

  /** The list of its parts. */
  static Ports build(IngestSettings settings, ServiceContext context)
      throws IOException, InterruptedException {
    return build(
        settings, context, new FfmpegTools(Ffmpeg.find(context.serviceArguments().environment())));
  }

  private static Ports build(IngestSettings settings, ServiceContext context, MediaTools tools)
      throws IOException {
    InstantSource clock = context.clock();
    Parts parts = context.parts();
    var store = context.cloud().privateStore();
    var queues = context.cloud().queues();
    var engine = JobEngine.over(store, queues, settings.largestWindow(), clock);
    var jobs = engine.jobs();
    var fleet = engine.fleet();
    var accounts = engine.accounts();
    var dispatcher = engine.dispatcher();
    var endings = new Endings(jobs, new Callbacks(dispatcher));
    var orders =
        new JobOrders(
            jobs, engine.backlog(), dispatcher, context.cloud().control(), endings, clock);
    var why = new WhyWaiting(engine.backlog(), fleet, engine.places(), clock);
    var catalog = new Catalog(store, account -> profileNames(accounts, account));
    var editor = new CatalogEditor(store, catalog);
    var shows = new ShowUploads(catalog, editor);
    var showSide = new ShowSide(accounts, catalog, editor, dispatcher, tools.encoderBuild());

    var spool = new Spool(settings.spool(), settings.spoolBytes());
    var senders = parts.add("part senders", new Senders(settings.partsAtOnce()));
    var intake =
        new Intake(
            new Intake.Parts(store, tools, dispatcher::submit, shows, clock),
            spool,
            senders,
            settings.intake());
    var tusStore = new TusStore(store);
    var herald =
        parts.add(
            "upload herald", new UploadHerald(store, settings.intake().jobs(), clock).started());
    var tus = new TusReceiver(intake, tusStore, herald, clock);
    var refusals = new Refusals(store);
    var incoming = parts.add("FTP uploads", new Incoming(intake, shows, refusals, herald, clock));
    parts.add(
        "housekeeping",
        new Housekeeping(
            new Reconciler(intake), tusStore, incoming, new RunningUploads(store), clock));

    var limit = new LoginLimit(clock, WRONG_TOKENS_PER_MINUTE);
    var stopping = new Stopping();
    HttpServer http =
        parts.add(
            "HTTP",
            HttpServer.start(
                settings.http(),
                List.of(
                    new Gate(accounts, limit, settings.delivery().behindProxy()),
                    new UploadRoutes(intake, shows, herald),
                    new TusRoutes(intake, shows, tus),
                    new JobRoutes(
                        intake,
                        shows,
                        orders,
                        new JobViews(jobs, why, fleet, intake.names()),
                        stopping),
                    new OriginalRoutes(intake),
                    new RenditionRoutes(intake, accounts),
                    new AccountRoutes(intake),
                    new ProfileRoutes(accounts, store),
                    showSide.routes(settings, context),
                    new FleetRoutes(queues, fleet),
                    new RollRoutes(store, clock),
                    new ScalerRoutes(store, clock),
                    new DeadRoutes(queues),
                    new ConsoleRoutes(accounts))));
    parts.add("event streams", stopping::now);
    IngestMetrics.bind(context.telemetry(), spool);

    FtpService.Address where = settings.ftp();
    if (where == null) {
      return new Ports(http, -1);
    }
    var outgoing = new Outgoing(store, jobs, refusals, intake.names(), clock);
    var ftp = parts.add("FTP", FtpService.start(where, accounts, limit, incoming, outgoing));
    return new Ports(http, ftp.port());
  }

  private static java.util.Set<String> profileNames(Accounts accounts, String account)
      throws IOException {
    return accounts
        .find(new io.castloom.domain.account.AccountId(account))
        .map(it -> it.allProfiles().stream().map(Profile::name).collect(Collectors.toSet()))
        .orElse(java.util.Set.of());
  }

  public int adminPort() {
    return service.adminPort();
  }

  @Override
  public void close() {
    service.close();
  }
}
