package io.castloom.ingest.http;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.settings.Units;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/fleet/roll}: begin, look at and take back a change of the fleet to another image. The
 * leading autoscaler does it, whichever it is. For operators.
 */
public final class RollRoutes implements Routes {
  private static final Set<String> FIELDS =
      Set.of("image", "templateVersion", "kind", "canary", "tasks", "patience");

  private final RollBook book;

  /**
   * @param store the private bucket
   */
  public RollRoutes(ObjectStore store, InstantSource clock) {
    this.book = new RollBook(store, clock);
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/fleet/roll", this::status);
    routes.post("/v1/fleet/roll", this::begin);
    routes.delete("/v1/fleet/roll", this::abort);
  }

  private void status(Context ctx) throws IOException {
    Gate.operator(ctx);
    Call.json(ctx, 200, book.read());
  }

  private void begin(Context ctx) throws IOException {
    String author = Gate.operator(ctx).id().value();
    ObjectNode body = Call.body(ctx);
    for (String field : body.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw Call.wrong(
            field, text(body, field, ""), "is no field of a roll; there are " + FIELDS);
      }
    }
    FleetImage to = image(body);
    TaskKind kind = kind(text(body, "kind", TaskKind.TRANSCODE.slug()));
    RollTerms terms = terms(body);
    try {
      Call.json(ctx, 202, book.begin(kind, to, terms, author));
    } catch (IllegalArgumentException e) {
      throw Problem.of(409, "roll-not-possible", String.valueOf(e.getMessage())).exception();
    }
  }

  private static FleetImage image(ObjectNode body) {
    if (body.has("image") == body.has("templateVersion")) {
      throw Problem.of(
              400,
              "bad-parameter",
              "a roll names an image (ami-...) or a templateVersion (a number or default), and not both")
          .exception();
    }
    return body.has("image")
        ? read(body, "image", "", FleetImage::machineImage)
        : read(body, "templateVersion", "", FleetImage::templateVersion);
  }

  private static RollTerms terms(ObjectNode body) {
    RollTerms usual = RollTerms.USUAL;
    double canary = read(body, "canary", "" + usual.canaryShare(), Double::parseDouble);
    int tasks = read(body, "tasks", "" + usual.tasks(), Integer::parseInt);
    Duration patience = read(body, "patience", Units.write(usual.patience()), Units::duration);
    // one by one, so that the answer names the one that is wrong
    read(body, "canary", "", _ -> new RollTerms(canary, usual.tasks(), usual.patience()));
    read(body, "tasks", "", _ -> new RollTerms(canary, tasks, usual.patience()));
    return read(body, "patience", "", _ -> new RollTerms(canary, tasks, patience));
  }

  private static <T> T read(
      ObjectNode body, String field, String otherwise, Function<String, T> parse) {
    String text = text(body, field, otherwise);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      String rule = e.getMessage();
      throw new Problem(
              400,
              "bad-parameter",
              field + ": " + (e instanceof NumberFormatException ? "not a number: " + text : rule),
              Map.of("parameter", field))
          .exception();
    }
  }

  private static String text(ObjectNode body, String field, String otherwise) {
    JsonNode value = body.get(field);
    return value == null || value.isNull() ? otherwise : value.asString(value.toString());
  }

  private void abort(Context ctx) throws IOException {
    String author = Gate.operator(ctx).id().value();
    TaskKind kind = kind(ctx.queryParam("kind"));
    try {
      Call.json(ctx, 200, book.abort(kind, author));
    } catch (IllegalArgumentException e) {
      throw Call.notFound(String.valueOf(e.getMessage()));
    }
  }

  private static TaskKind kind(@Nullable String slug) {
    String asked = slug == null ? TaskKind.TRANSCODE.slug() : slug;
    return TaskKind.ofSlug(asked)
        .orElseThrow(() -> Call.wrong("kind", asked, "is transcode or assembly"));
  }
}
