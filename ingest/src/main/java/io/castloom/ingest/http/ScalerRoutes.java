package io.castloom.ingest.http;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /**
   * @param store the private bucket
   */
  public ScalerRoutes(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/scaler", ctx -> list(ctx, PREFIX));
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
    list(ctx, PREFIX + name + "/");
  }

  private void list(Context ctx, String prefix) throws IOException {
    Gate.operator(ctx);
    String after = ctx.queryParam("after");
    ObjectPage page =
        store.list(prefix, after == null ? "" : prefix + after, Call.limit(ctx, 100, 1_000));
    List<Object> documents = new ArrayList<>();
    String last = "";
    for (ObjectInfo info : page.objects()) {
      last = info.key().substring(prefix.length());
      documents.add(
          Map.of("name", last, "sizeBytes", info.sizeBytes(), "lastModified", info.lastModified()));
    }
    Call.page(ctx, "documents", documents, page.more() ? last : null);
  }
}
