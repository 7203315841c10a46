package io.castloom.ingest.shows;

import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.ProblemException;
import io.castloom.service.catalog.DocumentKey;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions under which a document may be changed (RFC 9110, section 13). */
final class Tags {
  private Tags() {}

  /**
   * What a request demands of the document's present state.
   *
   * @param holds whether it holds at this moment
   * @param expected the etag that must still be there when it is changed, empty for no document;
   *     null when nothing was demanded
   */
  record Guard(boolean holds, @Nullable String expected) {}

  static String quoted(String etag) {
    return '"' + etag + '"';
  }

  /**
   * Reads {@code If-Match} and {@code If-None-Match}.
   *
   * @param etag of the document as it is; empty when there is none
   */
  static Guard guard(Context ctx, String etag) {
    String match = ctx.header("If-Match");
    if (match != null) {
      boolean holds = !etag.isEmpty() && (match.strip().equals("*") || tags(match).contains(etag));
      return new Guard(holds, etag);
    }
    String none = ctx.header("If-None-Match");
    if (none != null) {
      boolean there = !etag.isEmpty() && (none.strip().equals("*") || tags(none).contains(etag));
      return new Guard(!there, etag);
    }
    return new Guard(true, null);
  }

  /** A weak tag never matches: a document that is only nearly the same is another one. */
  private static List<String> tags(String header) {
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .filter(tag -> !tag.startsWith("W/"))
        .map(tag -> tag.replaceAll("^\"|\"$", ""))
        .toList();
  }

  /**
   * The document is not the one that the request was made for.
   *
   * @param etag of the document as it is; empty when there is none
   */
  static ProblemException stale(Context ctx, DocumentKey key, String etag) {
    return !etag.isEmpty() && "*".equals(ctx.header("If-None-Match"))
        ? new Problem(
                412,
                "document-exists",
                key.words() + " is there already, and If-None-Match asks for a new one",
                Map.of("etag", etag))
            .exception()
        : stale(key, etag);
  }

  /** The same, where nothing was asked of what is there. */
  static ProblemException stale(DocumentKey key, String etag) {
    String now = etag.isEmpty() ? "it does not exist" : "its etag is now " + etag;
    return new Problem(
            412,
            "stale-document",
            key.words()
                + " is not the one you read: "
                + now
                + "; read it again, put your changes into it and send that",
            etag.isEmpty() ? Map.of() : Map.of("etag", etag))
        .exception();
  }

  /** Somebody else changed it in the same moment, and nothing was said about what to do then. */
  static ProblemException raced(DocumentKey key) {
    return Problem.of(
            409,
            "changed-meanwhile",
            key.words() + " was changed by somebody else in the same moment; send it again")
        .exception();
  }
}
