package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.access.LoginLimit;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
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

  private final Accounts accounts;
  private final LoginLimit limit;
  private final boolean behindProxy;

  /**
   * @param behindProxy whether whoever tries tokens is told by a proxy of one's own: else one that
   *     does would shut out all others who come through it
   */
  public Gate(Accounts accounts, LoginLimit limit, boolean behindProxy) {
    this.accounts = accounts;
    this.limit = limit;
    this.behindProxy = behindProxy;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.before("/v1", this::admit);
    routes.before("/v1/*", this::admit);
  }

  /** Who asks; there is one behind every path below {@code /v1}. */
  public static Account caller(Context ctx) {
    Account caller = ctx.attribute(CALLER);
    if (caller == null) {
      throw unauthenticated(ctx, "a token is needed");
    }
    return caller;
  }

  /** Who asks, if he is an operator; others are refused. */
  public static Account operator(Context ctx) {
    Account caller = caller(ctx);
    if (!caller.isOperator()) {
      throw Problem.of(403, "operators-only", "only an operator's token opens " + ctx.path())
          .exception();
    }
    return caller;
  }

  /**
   * Whose things are meant: the caller's own; an operator may name another account by {@code
   * ?account=}.
   */
  public static AccountId account(Context ctx) {
    Account caller = caller(ctx);
    String other = ctx.queryParam("account");
    if (other == null || other.equals(caller.id().value())) {
      return caller.id();
    }
    operator(ctx);
    try {
      return new AccountId(other);
    } catch (IllegalArgumentException e) {
      throw Call.wrong("account", other, "is 3 to 32 of a-z, 0-9 and '-'");
    }
  }

  private void admit(Context ctx) throws IOException {
    if (ctx.method().equals(HandlerType.OPTIONS) || OPEN.contains(ctx.path())) {
      return;
    }
    String from = ClientAddress.of(ctx, behindProxy);
    Duration wait = limit.wait(from);
    if (wait.isPositive()) {
      ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1));
      throw Problem.of(
              429,
              "too-many-wrong-tokens",
              "too many wrong tokens came from "
                  + from
                  + "; try again in "
                  + (wait.toSeconds() + 1)
                  + " s")
          .exception();
    }
    Optional<String> token = token(ctx);
    if (token.isEmpty()) {
      throw unauthenticated(ctx, "send the account's token as \"Authorization: Bearer TOKEN\"");
    }
    Optional<Account> caller = accounts.authenticate(token.get());
    if (caller.isEmpty()) {
      limit.wrong(from);
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
