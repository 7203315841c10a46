package io.castloom.ingest.delivery;

import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.http.StoredFile;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Set;

/**
 * {@code /feeds}, {@code /covers}, {@code /chapters} and {@code /transcripts}: objects of the
 * public bucket as they lie there, for anybody. Feeds change; covers carry their digest, chapters
 * and transcripts their media version, and never do.
 */
public final class FeedRoutes implements Routes {
  private static final String FRESH = "public, max-age=60";
  static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final ObjectStore store;

  /**
   * @param store the public bucket
   */
  public FeedRoutes(ObjectStore store) {
    this.store = store;
  }

  @Override
  public void install(RoutesConfig routes) {
    both(routes, "/feeds/{file}", this::feed);
    both(routes, "/feeds/{show}/{file}", this::page);
    both(routes, "/covers/{show}/{file}", this::cover);
    both(routes, "/chapters/{show}/{episode}/{file}", ctx -> timed(ctx, "chapters", CHAPTERS));
    both(routes, "/transcripts/{show}/{episode}/{file}", ctx -> timed(ctx, "transcripts", TEXTS));
  }

  private static final Set<String> CHAPTERS = Set.of("json");
  private static final Set<String> PICTURES = Set.of("jpg", "png");
  private static final Set<String> TEXTS = Set.of("vtt", "srt");

  static void both(RoutesConfig routes, String path, io.javalin.http.Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
    Cors.install(routes, path);
  }

  private void feed(Context ctx) throws IOException {
    Names.File file = Names.file(ctx);
    send(ctx, "feeds/" + only(ctx, file, Set.of("xml")), FRESH);
  }

  private void page(Context ctx) throws IOException {
    Names.File file = only(ctx, Names.file(ctx), Set.of("xml"));
    send(ctx, "feeds/" + Names.slug(ctx, "show") + "/" + file, FRESH);
  }

  private void cover(Context ctx) throws IOException {
    Names.File file = only(ctx, Names.file(ctx), PICTURES);
    send(ctx, "covers/" + Names.slug(ctx, "show") + "/" + file, FOR_EVER);
  }

  private void timed(Context ctx, String folder, Set<String> kinds) throws IOException {
    Names.File file = only(ctx, Names.file(ctx), kinds);
    String episode = Names.slug(ctx, "show") + "/" + Names.slug(ctx, "episode");
    send(ctx, folder + "/" + episode + "/" + file, FOR_EVER);
  }

  private static Names.File only(Context ctx, Names.File file, Set<String> kinds) {
    if (!kinds.contains(file.extension())) {
      throw Call.notFound("there is nothing at " + ctx.path());
    }
    return file;
  }

  private void send(Context ctx, String key, String cache) throws IOException {
    Cors.open(ctx);
    if (new StoredFile(store, key, null, cache).send(ctx).isEmpty()) {
      throw Call.notFound("there is nothing at " + ctx.path());
    }
  }
}
