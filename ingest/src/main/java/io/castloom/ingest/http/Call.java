package io.castloom.ingest.http;

import io.castloom.service.json.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's parameters and body, and writes answers; what is wrong becomes a problem. */
public final class Call {
  /** So much of what was sent is repeated in an answer that refuses it. */
  private static final int MAX_ECHO = 200;

  private static final int MAX_BODY_BYTES = 4 << 20;

  private Call() {}

  /** Answers with JSON. */
  public static void json(Context ctx, int status, Object value) {
    ctx.status(status);
    ctx.result(Json.mapper().writeValueAsBytes(value));
    ctx.contentType(Json.MEDIA_TYPE);
    ctx.header("Cache-Control", "no-store");
  }

  /** A page of a list, with where the next one begins; null when this is the last. */
  public static void page(Context ctx, String name, List<?> items, @Nullable String next) {
    Map<String, Object> page = new java.util.LinkedHashMap<>();
    page.put(name, items);
    if (next != null) {
      page.put("next", next);
    }
    json(ctx, 200, page);
  }

  /** How many entries of a list are wanted: {@code ?limit=}. */
  public static int limit(Context ctx, int otherwise, int most) {
    String text = ctx.queryParam("limit");
    if (text == null) {
      return otherwise;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrong("limit", text, "is a whole number from 1 to " + most);
  }

  /** A parameter that is {@code true}, {@code false} or absent. */
  public static boolean flag(Context ctx, String name) {
    String text = ctx.queryParam(name);
    return switch (text) {
      case null -> false;
      case "true", "" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "is true or false");
    };
  }

  /** A path's part, through a constructor that knows what is right. */
  public static <T> T part(Context ctx, String name, Function<String, T> parse) {
    String text = ctx.pathParam(name);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(404, "not-found", "there is nothing of that name: " + e.getMessage())
          .exception();
    }
  }

  /** The body as a JSON object. */
  public static ObjectNode body(Context ctx) throws IOException {
    String type = ctx.contentType();
    if (type != null && !type.matches("(?i)application/([a-z0-9.+-]*\\+)?json\\b.*")) {
      throw Problem.of(415, "wrong-media-type", "the body is JSON (application/json), not " + type)
          .exception();
    }
    byte[] bytes = bytes(ctx);
    try {
      JsonNode tree = Json.mapper().readTree(bytes);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw Problem.of(400, "bad-json", "the body is not a JSON object").exception();
    } catch (JacksonException e) {
      throw Problem.of(400, "bad-json", "the body is not JSON: " + e.getOriginalMessage())
          .exception();
    }
  }

  private static byte[] bytes(Context ctx) throws IOException {
    InputStream in = PacedBody.of(ctx);
    byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw Problem.of(413, "too-large", "a document has at most 4 MiB").exception();
    }
    return bytes;
  }

  /**
   * A parameter or a field is wrong.
   *
   * @param given empty when it is absent
   */
  public static ProblemException wrong(String name, String given, String rule) {
    String value = given.length() > MAX_ECHO ? given.substring(0, MAX_ECHO) + "…" : given;
    return new Problem(
            400,
            "bad-parameter",
            name + " " + rule + (value.isEmpty() ? "" : ", not \"" + value + "\""),
            Map.of("parameter", name))
        .exception();
  }

  public static ProblemException notFound(String what) {
    return Problem.of(404, "not-found", what).exception();
  }
}
