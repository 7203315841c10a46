package io.castloom.ingest.shows;

import io.castloom.ingest.http.Call;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes one field of a document that is there, as if the document had been sent whole: guarded by
 * {@code If-Match}, by every rule, and by nobody else having changed it meanwhile.
 */
final class FieldEdit {

  private final CatalogEditor editor;
  private final ShowAccess access;

  FieldEdit(Catalog catalog, CatalogEditor editor) {
    this.editor = editor;
    this.access = new ShowAccess(catalog);
  }

  /** The document that is meant, if the caller may change it and it is the one he has read. */
  Catalog.Stored guarded(Context ctx, DocumentKey key) throws IOException {
    Catalog.Stored stored = access.find(ctx, key);
    if (!Tags.guard(ctx, stored.etag()).holds()) {
      throw Tags.stale(key, stored.etag());
    }
    return stored;
  }

  /** Whose document it is; an episode is its show's. */
  String account(Catalog.Stored stored) throws IOException {
    return access.accountOf(stored);
  }

  /**
   * Applies what was read with another value of a field.
   *
   * @param value null takes the field out
   */
  Applied.Accepted apply(
      Catalog.Stored stored, String field, @Nullable Object value, boolean dryRun)
      throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>(stored.tree());
    tree.remove(field);
    if (value != null) {
      tree.put(field, value);
    }
    return switch (editor.apply(stored.key(), tree, account(stored), stored.etag(), dryRun)) {
      case Applied.Accepted accepted -> accepted;
      case Applied.Refused(var problems) -> throw Refusals.of(stored.key(), problems);
      case Applied.Stale _ -> throw Tags.raced(stored.key());
      case Applied.Foreign() -> throw ShowAccess.foreign(stored.key());
    };
  }

  /** Tells what changed, or would. */
  static void answer(Context ctx, Catalog.Stored stored, Applied.Accepted applied, boolean dryRun) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("document", stored.key().words());
    answer.put("dryRun", dryRun);
    answer.put("changes", applied.changes());
    if (!applied.etag().isEmpty()) {
      answer.put("etag", applied.etag());
      ctx.header("ETag", Tags.quoted(applied.etag()));
    }
    Call.json(ctx, 200, answer);
  }
}
