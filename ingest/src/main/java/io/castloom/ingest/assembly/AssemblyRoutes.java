package io.castloom.ingest.assembly;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.http.StoredFile;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.StoredVersions;
import io.castloom.service.versions.TimedParts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/**
 * Below {@code /v1/shows/{show}/episodes/{episode}}: {@code assembly} orders it by hand or tells
 * what would come of it, {@code arrangement}, {@code versions}, {@code chapters}, {@code
 * transcript}.
 */
public final class AssemblyRoutes implements Routes {
  private static final String EPISODE = "/v1/shows/{show}/episodes/{episode}";
  private static final String CACHE = "private, no-cache";

  private final Stores stores;
  private final EpisodeDesk desk;
  private final ArrangementView views;
  private final AssemblyOrders orders;
  private final StoredVersions versions;

  /**
   * The buckets.
   *
   * @param own the private one
   * @param published the public one
   */
  public record Stores(ObjectStore own, ObjectStore published) {}

  public AssemblyRoutes(
      Stores stores,
      Catalog catalog,
      NightPlanner planner,
      ShowFormats formats,
      AssemblyOrders orders,
      InstantSource clock) {
    this.stores = stores;
    this.desk = new EpisodeDesk(catalog, planner, clock);
    this.views =
        new ArrangementView(
            new PieceLibrary(stores.own()), formats, new StoredOriginals(stores.own()));
    this.orders = orders;
    this.versions = new StoredVersions(stores.own());
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.post(EPISODE + "/assembly", this::assemble);
    routes.get(EPISODE + "/arrangement", ctx -> Call.json(ctx, 200, views.of(desk.plan(ctx))));
    routes.get(EPISODE + "/versions", ctx -> Call.json(ctx, 200, VersionsView.of(media(ctx))));
    routes.get(EPISODE + "/chapters", this::chapters);
    routes.get(EPISODE + "/transcript", this::transcript);
  }

  private void assemble(Context ctx) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    EpisodeDesk.Planned planned = desk.plan(ctx);
    Map<String, Object> view = views.of(planned);
    view.put("dryRun", dryRun);
    if (dryRun) {
      Call.json(ctx, 200, view);
      return;
    }
    String name = planned.episode().show() + "/" + planned.episode().id();
    if (planned.episode().state() == PublicationState.DRAFT) {
      throw Problem.of(
              409, "draft", "episode " + name + " is a draft: set its state to published first")
          .exception();
    }
    Job job =
        orders
            .order(
                planned.show(),
                planned.verdict(),
                Priority.NORMAL,
                "by-hand-" + UUID.randomUUID().toString().substring(0, 13))
            .orElseThrow(
                () ->
                    Problem.of(
                            409,
                            "body-missing",
                            "the first body recording of episode " + name + " was deleted")
                        .exception());
    view.put("job", job.id());
    ctx.header("Location", "/v1/jobs/" + job.id());
    Call.json(ctx, 202, view);
  }

  private EpisodeMedia media(Context ctx) throws IOException {
    DocumentKey.OfEpisode episode = desk.name(ctx);
    return versions.find(episode.show(), episode.episode());
  }

  private void chapters(Context ctx) throws IOException {
    send(ctx, media(ctx).timed().chapters(), "chapters");
  }

  private void transcript(Context ctx) throws IOException {
    TimedParts timed = media(ctx).timed();
    String format = ctx.queryParam("format");
    String key =
        switch (format) {
          case null -> timed.vtt();
          case "vtt" -> timed.vtt();
          case "srt" -> timed.srt();
          default -> throw Call.wrong("format", format, "is vtt or srt");
        };
    send(ctx, key, "transcript");
  }

  /** What moved with the current version's ads, as listeners get it. */
  private void send(Context ctx, String key, String what) throws IOException {
    if (key.isEmpty() || new StoredFile(stores.published(), key, null, CACHE).send(ctx).isEmpty()) {
      throw Call.notFound(
          "the current version of "
              + ctx.pathParam("show")
              + "/"
              + ctx.pathParam("episode")
              + " has no "
              + what);
    }
  }
}
