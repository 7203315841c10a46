package io.castloom.ingest.shows;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Artwork;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Sha256;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.PacedBody;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.Routes;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.originals.StoredCovers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * {@code PUT /v1/shows/{show}/cover} and {@code PUT /v1/shows/{show}/episodes/{episode}/cover} take
 * a picture as a file, store it once by its digest, and name it in the document; {@code DELETE}
 * takes an episode's out again, which then has its show's. Feeds give its public address, and files
 * carry it. A picture that directories would refuse is refused with the rule, and nothing is
 * changed. Guarded by {@code If-Match} and tried by {@code ?dryRun=true}.
 */
public final class CoverRoutes implements Routes {

  private static final String FIELD = "cover";

  private final FieldEdit edit;
  private final StoredCovers covers;

  public CoverRoutes(Catalog catalog, CatalogEditor editor, StoredCovers covers) {
    this.edit = new FieldEdit(catalog, editor);
    this.covers = covers;
  }

  @Override
  public void install(RoutesConfig routes) {
    both(routes, "/v1/shows/{show}/cover", ctx -> new DocumentKey.OfShow(ctx.pathParam("show")));
    both(
        routes,
        "/v1/shows/{show}/episodes/{episode}/cover",
        ctx -> new DocumentKey.OfEpisode(ctx.pathParam("show"), ctx.pathParam("episode")));
  }

  private void both(RoutesConfig routes, String path, Function<Context, DocumentKey> key) {
    routes.put(path, ctx -> put(ctx, key.apply(ctx)));
    routes.delete(path, ctx -> delete(ctx, key.apply(ctx)));
  }

  private void put(Context ctx, DocumentKey key) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    Catalog.Stored document = edit.guarded(ctx, key);
    byte[] picture = PacedBody.of(ctx).readNBytes(Picture.MOST_BYTES + 1);
    if (picture.length > Picture.MOST_BYTES) {
      throw Problem.of(
              413, "too-large", "the cover has more than 1 MiB: it must be " + Artwork.RULE)
          .exception();
    }
    String wrong = Artwork.problem(picture);
    if (wrong != null) {
      throw Refusals.of(
          key, List.of(new io.castloom.domain.document.Problem(key.words(), FIELD, "", wrong)));
    }
    // stored in a dry run as well: under its digest it is in nobody's way, and every rule is asked
    Sha256 name = covers.keep(new AccountId(edit.account(document)), picture);
    FieldEdit.answer(ctx, document, edit.apply(document, FIELD, name.hex(), dryRun), dryRun);
  }

  private void delete(Context ctx, DocumentKey key) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    Catalog.Stored document = edit.guarded(ctx, key);
    FieldEdit.answer(ctx, document, edit.apply(document, FIELD, null, dryRun), dryRun);
  }
}
