package io.castloom.ingest.shows;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Slug;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Gate;
import io.castloom.ingest.http.Routes;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;

/**
 * {@code /v1/shows}, their {@code episodes}, {@code /v1/creatives} and {@code /v1/campaigns}:
 * documents that are read, listed, applied whole and deleted.
 *
 * <p>PUT stores the whole document or nothing. {@code If-Match} guards against lost updates, {@code
 * If-None-Match: *} against replacing anything; {@code ?dryRun=true} only answers what would
 * change, in words. A document that breaks rules is refused with 422 and all its {@code problems}.
 */
public final class DocumentRoutes implements Routes {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final int MOST_LISTED = 1_000;

  /** What a list tells of each document; the document itself says the rest. */
  private static final List<String> BRIEF =
      List.of(
          "id",
          "show",
          "account",
          "title",
          "advertiser",
          "language",
          "tier",
          "state",
          "paused",
          "publishedAt");

  private final Catalog catalog;
  private final CatalogEditor editor;
  private final ShowAccess access;

  public DocumentRoutes(Catalog catalog, CatalogEditor editor) {
    this.catalog = catalog;
    this.editor = editor;
    this.access = new ShowAccess(catalog);
  }

  @Override
  public void install(RoutesConfig routes) {
    one(routes, "/v1/shows/{show}", ctx -> new DocumentKey.OfShow(ctx.pathParam("show")));
    one(routes, "/v1/shows/{show}/episodes/{episode}", DocumentRoutes::episode);
    one(routes, "/v1/creatives/{id}", ctx -> new DocumentKey.OfCreative(ctx.pathParam("id")));
    one(routes, "/v1/campaigns/{id}", ctx -> new DocumentKey.OfCampaign(ctx.pathParam("id")));
    routes.get(
        "/v1/shows", ctx -> list(ctx, "shows", catalog.shows(), DocumentKey.OfShow::new, true));
    routes.get("/v1/shows/{show}/episodes", this::episodes);
    routes.get(
        "/v1/creatives",
        ctx -> list(ctx, "creatives", catalog.creatives(), DocumentKey.OfCreative::new, true));
    routes.get(
        "/v1/campaigns",
        ctx -> list(ctx, "campaigns", catalog.campaigns(), DocumentKey.OfCampaign::new, true));
  }

  private void one(RoutesConfig routes, String path, Function<Context, DocumentKey> key) {
    routes.get(path, ctx -> show(ctx, key.apply(ctx)));
    routes.put(path, ctx -> apply(ctx, key.apply(ctx)));
    routes.delete(path, ctx -> delete(ctx, key.apply(ctx)));
  }

  private static DocumentKey episode(Context ctx) {
    return new DocumentKey.OfEpisode(ctx.pathParam("show"), ctx.pathParam("episode"));
  }

  private void episodes(Context ctx) throws IOException {
    String show = access.show(ctx);
    list(ctx, "episodes", catalog.episodes(show), id -> new DocumentKey.OfEpisode(show, id), false);
  }

  /**
   * @param owned whether each document names its account, which then has to be the caller's
   */
  private void list(
      Context ctx, String name, List<String> ids, Function<String, DocumentKey> key, boolean owned)
      throws IOException {
    int limit = Call.limit(ctx, 100, MOST_LISTED);
    String after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
    Optional<String> owner = access.owner(ctx);
    List<Map<String, Object>> items = new ArrayList<>();
    String last = "";
    for (String id : ids.stream().sorted().toList()) {
      if (id.compareTo(after) <= 0) {
        continue;
      }
      Catalog.Stored stored = catalog.find(key.apply(id)).orElse(null);
      if (stored == null || (owned && owner.isPresent() && !stored.account().equals(owner.get()))) {
        continue;
      }
      if (items.size() == limit) {
        Call.page(ctx, name, items, last);
        return;
      }
      items.add(brief(stored));
      last = id;
    }
    Call.page(ctx, name, items, null);
  }

  private static Map<String, Object> brief(Catalog.Stored stored) {
    Map<String, Object> brief = new LinkedHashMap<>();
    for (String field : BRIEF) {
      Object value = stored.tree().get(field);
      if (value != null) {
        brief.put(field, value);
      }
    }
    brief.put("etag", stored.etag());
    return brief;
  }

  private void show(Context ctx, DocumentKey key) throws IOException {
    Catalog.Stored stored = access.find(ctx, key);
    ctx.header("ETag", Tags.quoted(stored.etag()));
    Call.json(ctx, 200, stored.tree());
  }

  private void apply(Context ctx, DocumentKey key) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    Map<String, Object> document = Json.mapper().convertValue(Call.body(ctx), TREE);
    refuseBadName(key);
    String account = Gate.account(ctx).value();
    Catalog.Stored before = catalog.find(key).orElse(null);
    if (before != null && !access.accountOf(before).equals(account)) {
      throw ShowAccess.foreign(key);
    }
    String etag = before == null ? "" : before.etag();
    Tags.Guard guard = Tags.guard(ctx, etag);
    if (!guard.holds()) {
      throw Tags.stale(ctx, key, etag);
    }
    switch (editor.apply(key, document, account, guard.expected(), dryRun)) {
      case Applied.Accepted(String now, boolean created, List<String> changes) -> {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("document", key.words());
        answer.put("created", created);
        answer.put("dryRun", dryRun);
        answer.put("changes", changes);
        if (!now.isEmpty()) {
          answer.put("etag", now);
          ctx.header("ETag", Tags.quoted(now));
        }
        Call.json(ctx, created && !dryRun ? 201 : 200, answer);
      }
      case Applied.Refused(List<Problem> problems) -> throw Refusals.of(key, problems);
      case Applied.Stale(String now) -> {
        if (guard.expected() == null) {
          throw Tags.raced(key);
        }
        throw Tags.stale(key, now);
      }
      case Applied.Foreign() -> throw ShowAccess.foreign(key);
    }
  }

  private void delete(Context ctx, DocumentKey key) throws IOException {
    Catalog.Stored stored = access.find(ctx, key);
    Tags.Guard guard = Tags.guard(ctx, stored.etag());
    if (!guard.holds()) {
      throw Tags.stale(key, stored.etag());
    }
    // an operator deletes in the owner's name
    String account = access.accountOf(stored);
    switch (editor.delete(key, account, guard.expected())) {
      case Applied.Accepted(String _, boolean _, List<String> changes) ->
          Call.json(ctx, 200, Map.of("document", key.words(), "changes", changes));
      case Applied.Refused(List<Problem> problems) -> throw Refusals.stays(key, problems);
      case Applied.Stale(String now) -> throw Tags.stale(key, now);
      case Applied.Foreign() -> throw ShowAccess.foreign(key);
    }
  }

  private static void refuseBadName(DocumentKey key) {
    switch (key) {
      case DocumentKey.OfShow(String show) -> refuse(key, "id", show);
      case DocumentKey.OfEpisode(String show, String episode) -> {
        refuse(key, "show", show);
        refuse(key, "id", episode);
      }
      case DocumentKey.OfCreative(String creative) -> refuse(key, "id", creative);
      case DocumentKey.OfCampaign(String campaign) -> refuse(key, "id", campaign);
    }
  }

  private static void refuse(DocumentKey key, String field, String id) {
    if (!Slug.valid(id)) {
      throw Refusals.of(key, List.of(new Problem(key.words(), field, id, Slug.RULE)));
    }
  }
}
