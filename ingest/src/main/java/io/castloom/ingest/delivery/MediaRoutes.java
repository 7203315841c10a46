package io.castloom.ingest.delivery;

import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.ProblemException;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.http.StoredFile;
import io.castloom.service.versions.MediaVersion;
import io.castloom.service.versions.StoredVersions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code /media}: episodes for anybody, with HEAD, ranges, conditions. An episode's own address
 * gives the current version, as bytes or by redirect; a version's address never changes its bytes
 * and may be kept for ever. A listener who resumes gets the version that he began, as long as it is
 * there.
 */
public final class MediaRoutes implements Routes {
  private static final String REVALIDATE = "public, no-cache";
  private static final String REDIRECT = "public, max-age=60";
  private static final String OWN = "private, no-store";

  private final StoredVersions versions;
  private final ObjectStore store;
  private final DeliveryLog log;
  private final DeliverySettings settings;
  private final InstantSource clock;
  private final BegunDownloads begun = new BegunDownloads();

  /**
   * @param versions of the private bucket
   * @param store the public bucket
   */
  public MediaRoutes(
      StoredVersions versions,
      ObjectStore store,
      DeliveryLog log,
      DeliverySettings settings,
      InstantSource clock) {
    this.versions = versions;
    this.store = store;
    this.log = log;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void install(RoutesConfig routes) {
    FeedRoutes.both(routes, "/media/{show}/{file}", this::episode);
    FeedRoutes.both(routes, "/media/{show}/{episode}/{file}", this::version);
  }

  private void episode(Context ctx) throws IOException {
    String show = Names.slug(ctx, "show");
    Names.File file = Names.file(ctx);
    String path = show + "/" + file;
    Listener listener = Listener.of(ctx, settings.behindProxy());
    String range = ctx.header("Range");
    boolean later = range != null && !range.matches("\\s*bytes=\\s*0-.*");
    VersionChoice.Asked asked =
        new VersionChoice.Asked(
            ctx.header("If-Match"),
            ctx.header("If-Range"),
            later || (range != null && ctx.header("If-Range") != null),
            later ? begun.of(listener.address(), listener.agent(), path) : null);
    switch (VersionChoice.of(versions.find(show, file.name()), file.extension(), asked)) {
      case VersionChoice.Current(MediaVersion version) -> {
        begun.begins(listener.address(), listener.agent(), path, version.id());
        answer(
            ctx, version, show, file.name(), listener, settings.redirect() ? REDIRECT : REVALIDATE);
      }
      case VersionChoice.Begun(MediaVersion version) ->
          answer(ctx, version, show, file.name(), listener, OWN);
      case VersionChoice.Lost() ->
          throw Problem.of(
                  412,
                  "version-gone",
                  "the version that you began is not there any more; begin again without If-Match")
              .exception();
      case VersionChoice.Withdrawn() -> throw withdrawn(ctx);
      case VersionChoice.None() -> throw nothing(ctx);
    }
  }

  private void answer(
      Context ctx,
      MediaVersion version,
      String show,
      String episode,
      Listener listener,
      String cache)
      throws IOException {
    if (settings.redirect()) {
      Cors.open(ctx);
      ctx.status(302);
      ctx.header("Location", "/" + version.key());
      ctx.header("Cache-Control", cache);
      return;
    }
    send(ctx, new Sending(version.key(), version.id(), show, episode, cache), listener);
  }

  private void version(Context ctx) throws IOException {
    String show = Names.slug(ctx, "show");
    String episode = Names.slug(ctx, "episode");
    Names.File file = Names.file(ctx);
    String key = "media/" + show + "/" + episode + "/" + file;
    send(
        ctx,
        new Sending(key, file.name(), show, episode, FeedRoutes.FOR_EVER),
        Listener.of(ctx, settings.behindProxy()));
  }

  private record Sending(String key, String id, String show, String episode, String cache) {}

  private void send(Context ctx, Sending what, Listener listener) throws IOException {
    Cors.open(ctx);
    StoredFile file = new StoredFile(store, what.key(), null, what.cache(), what.id());
    Optional<StoredFile.Sent> sent = file.send(ctx);
    if (sent.isEmpty()) {
      throw nothing(ctx);
    }
    long from = 0;
    long to = 0;
    if (sent.get() instanceof StoredFile.Sent.Bytes bytes && bytes.sent() > 0) {
      from = bytes.offset();
      to = bytes.offset() + bytes.sent();
    }
    log.add(
        new DeliveryLog.Entry(
            clock.instant(),
            what.show(),
            what.episode(),
            what.key(),
            from,
            to,
            ctx.statusCode(),
            ctx.method().name(),
            listener));
  }

  private static ProblemException withdrawn(Context ctx) {
    return Problem.of(410, "withdrawn", "the episode at " + ctx.path() + " was withdrawn")
        .exception();
  }

  private static ProblemException nothing(Context ctx) {
    return Call.notFound("there is nothing at " + ctx.path());
  }
}
