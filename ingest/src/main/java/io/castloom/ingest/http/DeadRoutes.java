package io.castloom.ingest.http;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.queue.DeadLetters;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/dead/{kind}}: the dead-letter queues, for operators. */
public final class DeadRoutes implements Routes {
  private final WorkQueues queues;

  public DeadRoutes(WorkQueues queues) {
    this.queues = queues;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/dead/{kind}", this::list);
    routes.post(
        "/v1/dead/{kind}/{message}/redrive",
        ctx -> done(ctx, letters(ctx).redrive(ctx.pathParam("message"))));
    routes.delete(
        "/v1/dead/{kind}/{message}", ctx -> done(ctx, letters(ctx).drop(ctx.pathParam("message"))));
  }

  private void list(Context ctx) throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    for (DeadLetters.DeadLetter letter : letters(ctx).list(Call.limit(ctx, 100, 1_000))) {
      all.add(told(letter));
    }
    Call.page(ctx, "messages", all, null);
  }

  /** A message with the task, job and account that it is about, if it can be read at all. */
  private static Map<String, String> told(DeadLetters.DeadLetter letter) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("messageId", letter.messageId());
    try {
      Task task = Json.read(letter.raw(), Task.class);
      told.put("task", task.id().toString());
      told.put("job", task.id().job().value());
      told.put("account", task.account().value());
      told.put("enqueuedAt", task.enqueuedAt().toString());
    } catch (IOException e) {
      // a message that no version can read lies here for that very reason: it is shown as it came
    }
    told.put("reason", letter.reason());
    told.put("raw", letter.raw());
    return told;
  }

  private static void done(Context ctx, boolean found) {
    if (!found) {
      throw Call.notFound("there is no such message in this dead-letter queue (any more)");
    }
    Call.json(ctx, 200, Map.of("message", ctx.pathParam("message")));
  }

  private DeadLetters<Task> letters(Context ctx) {
    Gate.operator(ctx);
    String name = ctx.pathParam("kind");
    return TaskKind.ofSlug(name)
        .map(kind -> queues.anyOf(kind).deadLetters())
        .orElseThrow(
            () ->
                Call.notFound(
                    "dead letters are of transcode or assembly, not of \"" + name + "\""));
  }
}
