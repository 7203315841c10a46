package io.castloom.ingest.http;

import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The browser console at {@code /console}, the API's description, and where {@code /} leads. */
public final class ConsoleRoutes implements Routes {
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "api.js", "text/javascript; charset=utf-8",
          "jobs.js", "text/javascript; charset=utf-8",
          "uploads.js", "text/javascript; charset=utf-8",
          "operator.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  /** Nothing from elsewhere is loaded or asked, and no other page may frame it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " media-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Accounts accounts;

  public ConsoleRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/", ctx -> ctx.redirect("/console/"));
    routes.get("/console", ctx -> file(ctx, "index.html"));
    routes.get("/console/{file}", ctx -> file(ctx, ctx.pathParam("file")));
    routes.get("/v1/openapi.json", ctx -> send(ctx, "openapi.json", Json.MEDIA_TYPE));
    routes.post("/v1/session", this::open);
    routes.delete("/v1/session", this::close);
  }

  private static void file(Context ctx, String name) {
    String type = TYPES.get(name);
    if (type == null) {
      throw Call.notFound("the console has no file " + name);
    }
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    send(ctx, name, type);
  }

  private static void send(Context ctx, String name, String type) {
    try (InputStream in = ConsoleRoutes.class.getResourceAsStream("/console/" + name)) {
      if (in == null) {
        throw Call.notFound("there is no file " + name);
      }
      ctx.result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ctx.contentType(type);
    ctx.header("Cache-Control", "no-cache");
  }

  /** Keeps the token in a cookie that scripts cannot read and that opens reading only. */
  private void open(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    String header = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    String token = header.length() > 7 ? header.substring(7).strip() : "";
    if (accounts.authenticate(token).isEmpty()) {
      throw Problem.of(400, "bad-parameter", "send the token as a bearer token").exception();
    }
    Cookie cookie = new Cookie(Gate.COOKIE, token);
    cookie.setPath("/v1");
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setSecure(ctx.scheme().equals("https"));
    ctx.cookie(cookie);
    Call.json(ctx, 200, Map.of("account", caller.id(), "operator", caller.isOperator()));
  }

  private void close(Context ctx) {
    ctx.removeCookie(Gate.COOKIE, "/v1");
    ctx.status(204);
  }
}
