package io.castloom.ingest.http;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.fleet.DecisionKeys;
import io.castloom.service.json.Gzip;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * {@code /v1/scaler}: what the autoscaler wrote below {@code fleet/} of the private bucket, its
 * decisions with their reasons among it. For operators.
 */
public final class ScalerRoutes implements Routes {
  private static final String PREFIX = "fleet/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final ObjectStore store;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public ScalerRoutes(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/scaler", this::documents);
    routes.get("/v1/scaler/decisions", this::decisions);
    routes.get("/v1/scaler/decisions/{id}", this::decision);
    routes.get("/v1/scaler/{name}", ctx -> show(ctx, name(ctx, "name")));
    routes.get(
        "/v1/scaler/{folder}/{name}",
        ctx -> show(ctx, name(ctx, "folder") + "/" + name(ctx, "name")));
  }

  private static String name(Context ctx, String part) {
    String name = ctx.pathParam(part);
    if (!NAME.matcher(name).matches() || name.startsWith(".")) {
      throw Call.notFound("there is no document " + name);
    }
    return name;
  }

  /** The documents, and the folders as {@code decisions/}; one listing for each folder. */
  private void documents(Context ctx) throws IOException {
    Gate.operator(ctx);
    int limit = Call.limit(ctx, 100, 1_000);
    List<Object> documents = new ArrayList<>();
    String after = PREFIX + Objects.requireNonNullElse(ctx.queryParam("after"), "");
    boolean more = true;
    while (more && documents.size() < limit) {
      // behind a folder's own name with a slash come its documents; 0 is the sign after the slash
      String behind =
          after.endsWith("/") && !after.equals(PREFIX)
              ? after.substring(0, after.length() - 1) + "0"
              : after;
      ObjectPage page = store.list(PREFIX, behind.equals(PREFIX) ? "" : behind, limit);
      more = page.more();
      for (ObjectInfo info : page.objects()) {
        String name = info.key().substring(PREFIX.length());
        int slash = name.indexOf('/');
        after = slash < 0 ? info.key() : PREFIX + name.substring(0, slash + 1);
        documents.add(
            slash < 0 ? described(name, info) : Map.of("name", name.substring(0, slash + 1)));
        if (slash >= 0 || documents.size() == limit) {
          more = true; // perhaps; behind the folder
          break;
        }
      }
      if (page.objects().isEmpty()) {
        more = false;
      }
    }
    Call.page(ctx, "documents", documents, more ? after.substring(PREFIX.length()) : null);
  }

  private static Map<String, Object> described(String name, ObjectInfo info) {
    return Map.of("name", name, "sizeBytes", info.sizeBytes(), "lastModified", info.lastModified());
  }

  /** The newest first; {@code ?after=} a decision goes on with older ones. */
  private void decisions(Context ctx) throws IOException {
    Gate.operator(ctx);
    int limit = Call.limit(ctx, 100, 1_000);
    Instant now = clock.instant();
    String after = ctx.queryParam("after");
    Instant before =
        after == null
            ? now.plusSeconds(60) // its clock may be ahead
            : DecisionKeys.at(after)
                .orElseThrow(() -> Call.wrong("after", after, "is a decision's name, d-..."));
    List<DecisionKeys.Entry> newest =
        DecisionKeys.newest(store, now.minus(DecisionKeys.KEPT), before, limit + 1);
    List<DecisionKeys.Entry> shown = newest.subList(0, Math.min(limit, newest.size()));
    Call.page(
        ctx,
        "documents",
        shown.stream().map(it -> described(it.id(), it.object())).toList(),
        newest.size() > limit ? shown.getLast().id() : null);
  }

  private void decision(Context ctx) throws IOException {
    Gate.operator(ctx);
    String id = ctx.pathParam("id");
    ProblemException none =
        Call.notFound("there is no decision " + id + "; GET /v1/scaler/decisions lists them");
    String key = DecisionKeys.key(id).orElseThrow(() -> none);
    try {
      Call.json(ctx, 200, Json.read(Gzip.text(Gzip.bytes(store, key)), JsonNode.class));
    } catch (NoSuchObjectException e) {
      throw none;
    }
  }

  /** A document, or the documents of a folder. */
  private void show(Context ctx, String name) throws IOException {
    Gate.operator(ctx);
    for (String key : new String[] {PREFIX + name + ".json", PREFIX + name}) {
      try {
        Call.json(ctx, 200, Json.read(store, key, JsonNode.class));
        return;
      } catch (NoSuchObjectException e) {
        // perhaps under its other name
      }
    }
    folder(ctx, PREFIX + name + "/");
  }

  private void folder(Context ctx, String prefix) throws IOException {
    String after = ctx.queryParam("after");
    ObjectPage page =
        store.list(prefix, after == null ? "" : prefix + after, Call.limit(ctx, 100, 1_000));
    if (page.objects().isEmpty() && after == null) {
      throw Call.notFound(
          "there is no document "
              + prefix.substring(PREFIX.length(), prefix.length() - 1)
              + "; GET /v1/scaler lists those that there are");
    }
    List<Object> documents = new ArrayList<>();
    String last = "";
    for (ObjectInfo info : page.objects()) {
      last = info.key().substring(prefix.length());
      documents.add(described(last, info));
    }
    Call.page(ctx, "documents", documents, page.more() ? last : null);
  }
}
