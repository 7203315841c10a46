package io.castloom.ingest.assembly;

import io.castloom.domain.document.Problem;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.ShowAccess;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /v1/nightly/{date}}: what a night did to the caller's shows, and {@code .../plan}: what it
 * would do now, for any date. An operator sees all shows.
 */
public final class NightRoutes implements Routes {
  private final ObjectStore store;
  private final ShowAccess access;
  private final NightPlanner planner;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public NightRoutes(
      ObjectStore store, Catalog catalog, NightPlanner planner, InstantSource clock) {
    this.store = store;
    this.access = new ShowAccess(catalog);
    this.planner = planner;
    this.clock = clock;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/nightly/{date}", this::report);
    routes.get("/v1/nightly/{date}/plan", this::plan);
  }

  private void report(Context ctx) throws IOException {
    LocalDate night = EpisodeDesk.date("date", ctx.pathParam("date"));
    List<Map<String, Object>> shows = new ArrayList<>();
    NightCost costs = new NightCost(store);
    for (String show : access.shows(ctx)) {
      try {
        NightRecord run = Json.read(store, NightRecord.key(night, show), NightRecord.class);
        Map<String, Object> line = run.view();
        line.put("cost", costs.of(run));
        shows.add(line);
      } catch (NoSuchObjectException e) {
        // the night was not begun for this show
      }
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("night", night);
    view.put("shows", shows);
    Call.json(ctx, 200, view);
  }

  private void plan(Context ctx) throws IOException {
    LocalDate night = EpisodeDesk.date("date", ctx.pathParam("date"));
    List<String> mine = access.shows(ctx);
    NightPlanner.Night planned = planner.plan(night, clock.instant());
    List<Map<String, Object>> shows = new ArrayList<>();
    for (String show : mine) {
      shows.add(show(show, planned));
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("night", night);
    view.put("shows", shows);
    Call.json(ctx, 200, view);
  }

  private Map<String, Object> show(String show, NightPlanner.Night planned) throws IOException {
    List<Map<String, Object>> rebuild = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    for (NightPlanner.Verdict verdict : planner.verdicts(planned, show)) {
      switch (verdict.decision()) {
        case Candidate.Decision.Skip(String why) -> skipped.merge(why, 1, Integer::sum);
        case Candidate.Decision.Rebuild(String why) -> {
          Map<String, Object> episode = new LinkedHashMap<>();
          episode.put("episode", verdict.order().episode());
          episode.put("why", why);
          episode.put("reasons", verdict.order().why());
          rebuild.add(episode);
        }
      }
    }
    List<Problem> broken = new ArrayList<>();
    planned
        .broken()
        .forEach(
            (name, problems) -> {
              if (name.equals(show) || name.startsWith(show + "/")) {
                broken.addAll(problems);
              }
            });
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("show", show);
    view.put("rebuild", rebuild);
    view.put("skipped", skipped);
    view.put("problems", broken);
    return view;
  }
}
