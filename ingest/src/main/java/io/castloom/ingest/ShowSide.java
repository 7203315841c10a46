package io.castloom.ingest;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.assembly.AssemblyRoutes;
import io.castloom.ingest.assembly.NightOrderRoutes;
import io.castloom.ingest.assembly.NightRoutes;
import io.castloom.ingest.delivery.DeliveryLog;
import io.castloom.ingest.delivery.DeliverySettings;
import io.castloom.ingest.delivery.FeedRoutes;
import io.castloom.ingest.delivery.InsertionRoutes;
import io.castloom.ingest.delivery.MediaRoutes;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.CoverRoutes;
import io.castloom.ingest.shows.DocumentRoutes;
import io.castloom.ingest.shows.TranscriptRoutes;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.originals.StoredCovers;
import io.castloom.service.originals.StoredTranscripts;
import io.castloom.service.process.ServiceContext;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The parts of ingest that are about shows: documents, assembly, nights, delivery.
 *
 * @param encoder the build of the fleet's encoder, which pieces carry
 */
record ShowSide(
    Accounts accounts,
    Catalog catalog,
    CatalogEditor editor,
    Dispatcher dispatcher,
    String encoder) {

  /** All their routes as one. */
  Routes routes(IngestSettings settings, ServiceContext context) {
    DeliverySettings delivery = settings.delivery();
    InstantSource clock = context.clock();
    ObjectStore store = context.cloud().privateStore();
    ObjectStore published = context.cloud().publicStore();
    var log =
        context
            .parts()
            .add(
                "delivery log",
                new DeliveryLog(
                    store,
                    UUID.randomUUID().toString().substring(0, 13),
                    delivery.flushEvery(),
                    clock));
    IngestMetrics.bind(context.telemetry(), log);
    var formats = new ShowFormats(this::profiles);
    var planner = new NightPlanner(catalog, new ShowBooks(store, catalog), store, formats, encoder);
    List<Routes> all =
        List.of(
            new DocumentRoutes(catalog, editor),
            new TranscriptRoutes(catalog, editor, new StoredTranscripts(store)),
            new CoverRoutes(catalog, editor, new StoredCovers(store)),
            new AssemblyRoutes(
                new AssemblyRoutes.Stores(store, published),
                catalog,
                planner,
                formats,
                new AssemblyOrders(store, formats, dispatcher, clock),
                clock),
            new NightRoutes(store, catalog, planner, clock),
            new NightOrderRoutes(store, catalog, clock),
            new InsertionRoutes(store, catalog, clock),
            new FeedRoutes(published),
            new MediaRoutes(new StoredVersions(store), published, log, delivery, clock));
    return routes -> all.forEach(some -> some.install(routes));
  }

  private Map<String, Profile> profiles(String account) throws IOException {
    Map<String, Profile> byName = new LinkedHashMap<>();
    accounts
        .find(new AccountId(account))
        .ifPresent(it -> it.allProfiles().forEach(p -> byName.put(p.name(), p)));
    return byName;
  }
}
