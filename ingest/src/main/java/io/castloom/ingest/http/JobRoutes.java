package io.castloom.ingest.http;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.service.accounts.Account;
import io.castloom.service.jobs.JobOrders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/jobs}: ordered, listed, shown, watched, cancelled, retried. */
public final class JobRoutes implements Routes {
  private final Intake intake;
  private final ShowUploads shows;
  private final JobStore jobs;
  private final JobOrders orders;
  private final JobViews views;
  private final JobEvents events;

  /**
   * @param stopping ends the streams of events when the server stops
   */
  public JobRoutes(
      Intake intake, ShowUploads shows, JobOrders orders, JobViews views, Stopping stopping) {
    this.intake = intake;
    this.shows = shows;
    this.jobs = views.jobs();
    this.orders = orders;
    this.views = views;
    this.events = new JobEvents(views, stopping);
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/jobs", this::list);
    routes.post("/v1/jobs", this::order);
    routes.get("/v1/jobs/{job}", this::show);
    routes.delete("/v1/jobs/{job}", ctx -> answer(ctx, orders.cancel(account(ctx), job(ctx))));
    routes.post("/v1/jobs/{job}/retry", ctx -> answer(ctx, orders.retry(account(ctx), job(ctx))));
    routes.get("/v1/jobs/{job}/why", this::why);
    routes.get("/v1/jobs/{job}/events", ctx -> events.stream(ctx, account(ctx), job(ctx)));
  }

  private void list(Context ctx) throws IOException {
    Optional<JobId> after = Optional.ofNullable(ctx.queryParam("after")).map(JobRoutes::after);
    JobStore.Page page = jobs.list(account(ctx), after, Call.limit(ctx, 20, 100));
    List<Map<String, Object>> items = views.brief(account(ctx), page.jobs());
    Call.page(ctx, "jobs", items, page.more() ? page.jobs().getLast().id().value() : null);
  }

  private static JobId after(String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException e) {
      throw Call.wrong("after", text, "is the id of a job, as the page before says in \"next\"");
    }
  }

  private void order(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    ObjectNode body = Call.body(ctx);
    Wishes.refuseOthers(
        body.propertyNames().stream().filter(field -> !field.equals("original")).toList());
    String name = text(body, "original");
    if (name == null) {
      throw Call.wrong("original", "", "names the recording by its SHA-256");
    }
    Original original;
    try {
      original =
          intake
              .originals()
              .find(caller.id(), new Sha256(name))
              .orElseThrow(
                  () -> Call.notFound("you have no original " + name + "; upload it first"));
    } catch (IllegalArgumentException e) {
      throw Call.wrong("original", name, "is a SHA-256 of 64 lower-case hexadecimal digits");
    }
    Job job =
        intake.order(
            original,
            new Wishes(caller, shows, intake.policy().callbacks(), field -> text(body, field))
                .request(original.filename()));
    ctx.header("Location", "/v1/jobs/" + job.id());
    Call.json(ctx, 201, views.full(caller.id(), job.id()).orElseThrow());
  }

  private void show(Context ctx) throws IOException {
    Call.json(ctx, 200, views.full(account(ctx), job(ctx)).orElseThrow(() -> unknown(ctx)));
  }

  private void why(Context ctx) throws IOException {
    Call.json(ctx, 200, views.why(account(ctx), job(ctx)).orElseThrow(() -> unknown(ctx)));
  }

  private void answer(Context ctx, JobOrders.Outcome outcome) throws IOException {
    switch (outcome) {
      case JobOrders.Outcome.Accepted(Job job) ->
          Call.json(ctx, 200, views.full(job.account(), job.id()).orElseThrow());
      case JobOrders.Outcome.NoSuchJob() -> throw unknown(ctx);
      case JobOrders.Outcome.Refused(String reason) ->
          throw Problem.of(409, "job-state", reason).exception();
    }
  }

  /** The account whose job is meant: the caller's; an operator may name another one. */
  private static io.castloom.domain.account.AccountId account(Context ctx) {
    return Gate.account(ctx);
  }

  private static JobId job(Context ctx) {
    return Call.part(ctx, "job", JobId::new);
  }

  private static ProblemException unknown(Context ctx) {
    return Call.notFound("you have no job " + ctx.pathParam("job"));
  }

  /** A field of a body as text; a list of texts is one, with commas. */
  private static @Nullable String text(ObjectNode body, String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asString()));
      return String.join(",", items);
    }
    if (value.isContainer()) {
      throw Call.wrong(field, value.toString(), "is a text");
    }
    return value.asString();
  }
}
