package io.castloom.ingest.delivery;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Lets players in web pages of any site read what is public anyway (Fetch standard, CORS). */
final class Cors {
  private Cors() {}

  /** Answers preflight requests for a path. */
  static void install(RoutesConfig routes, String path) {
    routes.options(path, Cors::preflight);
  }

  private static void preflight(Context ctx) {
    open(ctx);
    ctx.header("Allow", "GET, HEAD, OPTIONS");
    ctx.header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    ctx.header(
        "Access-Control-Allow-Headers",
        "Range, If-Range, If-Match, If-None-Match, If-Modified-Since");
    ctx.header("Access-Control-Max-Age", "86400");
    ctx.status(204);
  }

  static void open(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*");
    ctx.header(
        "Access-Control-Expose-Headers",
        "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified, Location");
  }
}
