package io.castloom.assembler;

import io.castloom.assembler.episode.Assembling;
import io.castloom.assembler.feed.FeedAddresses;
import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.assembler.feed.HubPing;
import io.castloom.assembler.night.NightDesk;
import io.castloom.assembler.night.NightHerald;
import io.castloom.assembler.night.NightShows;
import io.castloom.assembler.night.NightWatch;
import io.castloom.assembler.night.VersionSweeper;
import io.castloom.assembler.pieces.PieceOrders;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Profile;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.FfmpegTools;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.instance.InterruptionWatch;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.process.Role;
import io.castloom.service.process.RunningService;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.process.ServiceContext;
import io.castloom.service.tasks.Identity;
import io.castloom.service.tasks.LoopPorts;
import io.castloom.service.tasks.TaskLoop;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The list of the assembler's parts. */
public final class Assembler {

  private Assembler() {}

  /** Starts it beside other processes in this JVM. */
  public static RunningService start(ServiceArguments arguments, InstantSource clock)
      throws IOException, InterruptedException {
    return Service.start(
        Role.ASSEMBLER, arguments, AssemblerSettings::from, Assembler::build, clock);
  }

  /**
   * Refuses arguments with which it would not start.
   *
   * @return the names of all its settings
   * @throws io.castloom.service.settings.SettingsException a setting is wrong or unknown
   */
  public static Set<String> check(ServiceArguments arguments) {
    return Service.check(Role.ASSEMBLER, arguments, AssemblerSettings::from);
  }

  static void build(AssemblerSettings settings, ServiceContext context)
      throws IOException, InterruptedException {
    InstantSource clock = context.clock();
    Cloud cloud = context.cloud();
    var store = cloud.privateStore();
    var engine = JobEngine.over(store, cloud.queues(), settings.largestWindow(), clock);
    var jobs = engine.jobs();
    var accounts = engine.accounts();
    var dispatcher = engine.dispatcher();
    var endings = new Endings(jobs, new Callbacks(dispatcher));
    String encoder =
        new FfmpegTools(Ffmpeg.find(context.serviceArguments().environment())).encoderBuild();

    var formats = new ShowFormats(account -> profiles(accounts, account));
    var catalog = new Catalog(store, account -> profiles(accounts, account).keySet());
    var books = new ShowBooks(store, catalog);
    var feeds =
        new FeedPublisher(
            books,
            new FeedPublisher.Stores(store, cloud.publicStore()),
            new FeedAddresses(settings.publicUrl()),
            clock,
            new HubPing(settings.hubs()));
    var planner = new NightPlanner(catalog, books, store, formats, encoder);
    var versions = new StoredVersions(store);
    var shows = new NightShows(catalog, clock);
    var desk =
        new NightDesk(
            new NightDesk.Parts(
                store,
                shows,
                planner,
                new AssemblyOrders(store, formats, dispatcher, clock),
                jobs,
                versions,
                feeds),
            settings.instance().value(),
            clock);
    var herald = new NightHerald(store, shows, planner);
    var sweeper = new VersionSweeper(catalog, versions, cloud.publicStore(), settings.grace());
    context
        .parts()
        .add(
            "night watch",
            NightWatch.start(
                settings.nightCron(),
                now -> {
                  desk.tick();
                  herald.tick(now);
                },
                sweeper::sweep,
                clock));

    TaskLoop loop =
        context
            .parts()
            .add(
                "task loop",
                TaskLoop.start(
                    LoopPorts.of(engine, endings, cloud.control(), cloud.heartbeats()),
                    settings.loop(),
                    new Identity(settings.instance(), encoder),
                    Assembling.handler(
                        store,
                        cloud.publicStore(),
                        catalog,
                        formats,
                        new PieceOrders(
                            new StoredOriginals(store), jobs, dispatcher::submit, clock),
                        feeds,
                        encoder,
                        settings.covers(),
                        clock),
                    context.stop(),
                    context.telemetry().registry(),
                    clock));
    context
        .parts()
        .add(
            "interruption watch",
            InterruptionWatch.start(
                context.serviceArguments().environment(),
                clock,
                at -> loop.interrupted("spot interruption at " + at)));
  }

  private static Map<String, Profile> profiles(Accounts accounts, String account)
      throws IOException {
    Map<String, Profile> byName = new LinkedHashMap<>();
    accounts
        .find(new AccountId(account))
        .ifPresent(it -> it.allProfiles().forEach(p -> byName.put(p.name(), p)));
    return byName;
  }
}
