package io.castloom.ingest.shows;

import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Gate;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.ProblemException;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose documents a caller may see: his own; an operator's token opens all. */
public final class ShowAccess {
  private final Catalog catalog;

  public ShowAccess(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A document that is there and that the caller may see.
   *
   * @throws ProblemException 404 or 403
   */
  public Catalog.Stored find(Context ctx, DocumentKey key) throws IOException {
    Optional<Catalog.Stored> found;
    try {
      found = catalog.find(key);
    } catch (IllegalArgumentException e) {
      throw Call.notFound("there is nothing of that name: " + e.getMessage());
    }
    Catalog.Stored stored =
        found.orElseThrow(() -> Call.notFound("there is no " + key.words() + " (yet)"));
    Optional<String> owner = owner(ctx);
    if (owner.isPresent() && !accountOf(stored).equals(owner.get())) {
      throw foreign(key);
    }
    return stored;
  }

  /** The id of the show that the path names and the caller may see. */
  public String show(Context ctx) throws IOException {
    DocumentKey.OfShow key = new DocumentKey.OfShow(ctx.pathParam("show"));
    find(ctx, key);
    return key.show();
  }

  /** The episode that the path names and the caller may see. */
  public DocumentKey.OfEpisode episode(Context ctx) throws IOException {
    DocumentKey.OfEpisode key =
        new DocumentKey.OfEpisode(ctx.pathParam("show"), ctx.pathParam("episode"));
    find(ctx, key);
    return key;
  }

  /** The ids of the shows that the caller may see, in order. */
  public List<String> shows(Context ctx) throws IOException {
    Optional<String> owner = owner(ctx);
    List<String> shows = new ArrayList<>();
    for (String id : catalog.shows()) {
      if (owner.isEmpty()
          || catalog
              .find(new DocumentKey.OfShow(id))
              .filter(stored -> stored.account().equals(owner.get()))
              .isPresent()) {
        shows.add(id);
      }
    }
    return shows;
  }

  /** Whose documents are meant; empty for everybody's. */
  public Optional<String> owner(Context ctx) {
    return Gate.caller(ctx).isOperator() && ctx.queryParam("account") == null
        ? Optional.empty()
        : Optional.of(Gate.account(ctx).value());
  }

  /** The account that owns a document; an episode is its show's. */
  String accountOf(Catalog.Stored stored) throws IOException {
    return stored.key() instanceof DocumentKey.OfEpisode(String show, String _)
        ? catalog.find(new DocumentKey.OfShow(show)).map(Catalog.Stored::account).orElse("")
        : stored.account();
  }

  /** It belongs to somebody else. */
  static ProblemException foreign(DocumentKey key) {
    return Problem.of(
            403,
            "foreign-document",
            key.words()
                + " belongs to another account; choose another id (an operator names the account"
                + " by ?account=)")
        .exception();
  }
}
