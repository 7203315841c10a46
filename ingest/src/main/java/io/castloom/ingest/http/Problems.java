package io.castloom.ingest.http;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.NoSuchStoreException;
import io.castloom.ingest.intake.SpoolFullException;
import io.castloom.ingest.intake.TooLargeException;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error with problem details, whoever raised it. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final Set<String> SENDING = Set.of("PUT", "POST", "PATCH");

  private Problems() {}

  static void install(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem()));
    routes.exception(
        TooLargeException.class, (e, ctx) -> answer(ctx, Problem.of(413, "too-large", words(e))));
    routes.exception(
        SpoolFullException.class,
        (e, ctx) -> {
          ctx.header("Retry-After", "60");
          answer(ctx, Problem.of(507, "no-room", words(e)));
        });
    routes.exception(
        TooSlowException.class, (e, ctx) -> answer(ctx, Problem.of(408, "too-slow", words(e))));
    routes.exception(HttpResponseException.class, Problems::javalins);
    routes.exception(
        NoSuchObjectException.class,
        (e, ctx) -> answer(ctx, Problem.of(404, "not-found", "it is not there (any more)")));
    routes.exception(
        NoSuchStoreException.class,
        (e, ctx) -> {
          LOG.error("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
          answer(ctx, Problem.of(503, "store-missing", "the service's storage is not set up"));
        });
    routes.exception(IOException.class, Problems::fault);
    routes.exception(
        UncheckedIOException.class, (e, ctx) -> fault(Objects.requireNonNull(e.getCause()), ctx));
    routes.exception(Exception.class, Problems::bug);
  }

  /** Sends a problem as the answer, unless an answer is on its way already. */
  static void answer(Context ctx, Problem problem) {
    if (ctx.res().isCommitted()) {
      return;
    }
    byte[] bytes = Json.mapper().writeValueAsBytes(problem.members());
    ctx.status(problem.status());
    ctx.contentType(Problem.MEDIA_TYPE);
    ctx.header("Cache-Control", "no-store");
    if (!SENDING.contains(ctx.method().name())) {
      ctx.result(bytes);
      return;
    }
    try {
      ctx.res().setContentLength(bytes.length);
      ctx.res().getOutputStream().write(bytes);
      ctx.res().flushBuffer();
      Drain.rest(ctx);
    } catch (IOException e) {
      LOG.debug("{} {}: the client left before its answer", ctx.method(), ctx.path());
    }
  }

  /** The bytes of a problem for what Jetty refuses before a route is found. */
  static byte[] bytes(int status, String detail) {
    return Json.mapper().writeValueAsBytes(Problem.of(status, code(status), detail).members());
  }

  private static void javalins(HttpResponseException e, Context ctx) {
    int status = e.getStatus();
    String detail =
        switch (status) {
          case 404 ->
              "there is nothing at " + ctx.path() + "; /v1/openapi.json lists what there is";
          case 405 -> ctx.method() + " is not possible here" + allowed(e);
          default -> {
            String message = e.getMessage();
            yield message == null ? Problem.title(status) : message;
          }
        };
    e.getDetails()
        .forEach(
            (name, value) -> {
              if (name.equalsIgnoreCase("Allow")) {
                ctx.header("Allow", value);
              }
            });
    answer(ctx, new Problem(status, code(status), detail, Map.of()));
  }

  private static String allowed(HttpResponseException e) {
    String methods = e.getDetails().values().stream().findFirst().orElse("");
    return methods.isEmpty() ? "" : "; possible are " + methods;
  }

  private static void fault(IOException e, Context ctx) {
    LOG.error("{} {} failed: {}", ctx.method(), ctx.path(), e.toString(), e);
    ctx.header("Retry-After", "5");
    answer(
        ctx,
        Problem.of(
            503, "storage-fault", "the storage or a tool behind it did not answer; try again"));
  }

  private static void bug(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
    answer(ctx, Problem.of(500, "internal", "this is a fault of the service and was logged"));
  }

  private static String words(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), "");
  }

  private static String code(int status) {
    return Problem.title(status).toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }
}
