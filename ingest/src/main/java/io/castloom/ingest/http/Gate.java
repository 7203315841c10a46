package io.castloom.ingest.http;

import io.castloom.ingest.access.Caller;
import io.castloom.ingest.access.Doorkeeper;
import io.castloom.ingest.access.LoginLimit;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Lets nobody into {@code /v1} without a token, before a byte of the body is read. */
public final class Gate implements Routes {
  /** The console's cookie. It opens reading only, so that no other site can make use of it. */
  static final String COOKIE = "castloom_token";

  private static final String CALLER = "caller";
  private static final Set<String> OPEN = Set.of("/v1/openapi.json");

  private final Doorkeeper doorkeeper;
  private final LoginLimit limit;

  public Gate(Doorkeeper doorkeeper, LoginLimit limit) {
    this.doorkeeper = doorkeeper;
    this.limit = limit;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.before("/v1", this::admit);
    routes.before("/v1/*", this::admit);
  }

  /** Who asks; there is one behind every path below {@code /v1}. */
  static Caller caller(Context ctx) {
    Caller caller = ctx.attribute(CALLER);
    if (caller == null) {
      throw unauthenticated(ctx, "a token is needed");
    }
    return caller;
  }

  /** Who asks, if he is an operator; others are refused. */
  static Caller operator(Context ctx) {
    Caller caller = caller(ctx);
    if (!caller.operator()) {
      throw Problem.of(403, "operators-only", "only an operator's token opens " + ctx.path())
          .exception();
    }
    return caller;
  }

  private void admit(Context ctx) throws IOException {
    if (ctx.method().equals(HandlerType.OPTIONS) || OPEN.contains(ctx.path())) {
      return;
    }
    Duration wait = limit.wait(ctx.ip());
    if (wait.isPositive()) {
      ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
      throw Problem.of(
              429,
              "too-many-wrong-tokens",
              "too many wrong tokens came from "
                  + ctx.ip()
                  + "; try again in "
                  + (wait.toSeconds() + 1)
                  + " s")
          .exception();
    }
    Optional<String> token = token(ctx);
    if (token.isEmpty()) {
      throw unauthenticated(ctx, "send the account's token as \"Authorization: Bearer TOKEN\"");
    }
    Optional<Caller> caller = doorkeeper.admit(token.get());
    if (caller.isEmpty()) {
      limit.wrong(ctx.ip());
      throw unauthenticated(ctx, "this token is not, or not any more, an account's token");
    }
    ctx.attribute(CALLER, caller.get());
  }

  /** From the header, or, for what a browser loads by itself, from the console's cookie. */
  private static Optional<String> token(Context ctx) {
    String header = ctx.header("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(header.substring(7).strip());
    }
    boolean reading = ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD);
    return reading ? Optional.ofNullable(ctx.cookie(COOKIE)) : Optional.empty();
  }

  private static ProblemException unauthenticated(Context ctx, String detail) {
    ctx.header("WWW-Authenticate", "Bearer realm=\"castloom\"");
    return Problem.of(401, "not-authenticated", detail).exception();
  }
}
