package io.castloom.ingest.assembly;

import io.castloom.domain.document.Reading;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.ShowAccess;
import io.castloom.service.assembly.NightRequests;
import io.castloom.service.assembly.NightRequests.Extent;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /v1/nightly/{date}/run} runs a night again, {@code .../rerun} what failed in it: for
 * the caller's shows, or for {@code ?show=} alone. The date is {@code current} or that of the night
 * that began last in the show's zone: an older one would bring back the ads of the past. An
 * assembler takes the order within seconds; {@code GET /v1/nightly/{date}} tells how far it is.
 */
public final class NightOrderRoutes implements Routes {
  private final ObjectStore store;
  private final Catalog catalog;
  private final ShowAccess access;
  private final NightRequests requests;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public NightOrderRoutes(ObjectStore store, Catalog catalog, InstantSource clock) {
    this.store = store;
    this.catalog = catalog;
    this.access = new ShowAccess(catalog);
    this.requests = new NightRequests(store);
    this.clock = clock;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.post("/v1/nightly/{date}/run", ctx -> order(ctx, Extent.ALL));
    routes.post("/v1/nightly/{date}/rerun", ctx -> order(ctx, Extent.FAILED));
  }

  private void order(Context ctx, Extent extent) throws IOException {
    String text = ctx.pathParam("date");
    Optional<LocalDate> wanted =
        text.equals("current") ? Optional.empty() : Optional.of(EpisodeDesk.date("date", text));
    List<Map<String, Object>> told = new ArrayList<>();
    boolean ordered = false;
    for (String id : shows(ctx)) {
      if (catalog.show(id).orElse(null) instanceof Reading.Good<Show>(Show show)) {
        Instant now = clock.instant();
        LocalDate current = Nights.current(now, show.dropTime(), show.zone());
        LocalDate night = wanted.orElse(current);
        String refusal = refusal(show, night, current, extent);
        if (refusal.isEmpty()) {
          requests.ask(new NightRequests.Request(id, night, extent, now));
          ordered = true;
        }
        told.add(line(id, night, refusal));
      } else {
        told.add(line(id, wanted.orElse(null), "its document does not keep the rules (any more)"));
      }
    }
    if (!ordered) {
      throw new Problem(
              409,
              "nothing-to-run",
              told.isEmpty()
                  ? "there are no shows"
                  : "no night is run: "
                      + told.getFirst().get("show")
                      + ": "
                      + told.getFirst().get("refused"),
              Map.of("shows", told))
          .exception();
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("shows", told);
    Call.json(ctx, 202, view);
  }

  private List<String> shows(Context ctx) throws IOException {
    String show = ctx.queryParam("show");
    List<String> mine = access.shows(ctx);
    if (show == null) {
      return mine;
    }
    if (!mine.contains(show)) {
      throw Call.notFound("you have no show " + show);
    }
    return List.of(show);
  }

  private String refusal(Show show, LocalDate night, LocalDate current, Extent extent)
      throws IOException {
    if (!night.equals(current)) {
      return "the night that began last is "
          + current
          + ": only that one can be run ("
          + (night.isAfter(current) ? "a plan tells what a later one would do" : "it is newer")
          + ")";
    }
    Optional<NightRecord> run = run(night, show.id());
    if (run.isPresent() && !run.get().state().equals("finished")) {
      return "the night is being run";
    }
    if (extent == Extent.FAILED) {
      if (run.isEmpty()) {
        return "the night was not run yet";
      }
      NightReport report = run.get().report();
      if (report == null || report.failed().isEmpty()) {
        return "nothing failed";
      }
    }
    return "";
  }

  private Optional<NightRecord> run(LocalDate night, String show) throws IOException {
    try {
      return Optional.of(Json.read(store, NightRecord.key(night, show), NightRecord.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> line(
      String show, @org.jspecify.annotations.Nullable LocalDate night, String refusal) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("show", show);
    if (night != null) {
      line.put("night", night);
    }
    if (refusal.isEmpty()) {
      line.put("ordered", true);
    } else {
      line.put("refused", refusal);
    }
    return line;
  }
}
