package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.JobId;
import io.castloom.service.json.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A job's course as server-sent events: {@code event: job} with the job as data whenever it
 * changed, and {@code event: end} when it ended.
 */
final class JobEvents {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int STEPS_BETWEEN_SIGNS_OF_LIFE = 15;

  private final JobViews views;
  private final Stopping stopping;

  JobEvents(JobViews views, Stopping stopping) {
    this.views = views;
    this.stopping = stopping;
  }

  void stream(Context ctx, AccountId account, JobId job) throws IOException {
    Map<String, Object> view =
        views.full(account, job).orElseThrow(() -> Call.notFound("you have no job " + job));
    ctx.status(200);
    ctx.contentType("text/event-stream; charset=utf-8");
    ctx.header("Cache-Control", "no-store");
    ctx.header("X-Accel-Buffering", "no");
    OutputStream out = ctx.res().getOutputStream();
    try {
      follow(out, account, job, view);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(OutputStream out, AccountId account, JobId job, Map<String, Object> first)
      throws IOException, InterruptedException {
    Map<String, Object> view = first;
    String last = "";
    int quiet = 0;
    while (true) {
      String data = Json.write(view);
      quiet++;
      boolean heard = true;
      if (!data.equals(last)) {
        heard = send(out, "event: job\ndata: " + data + "\n\n");
        last = data;
        quiet = 0;
      } else if (quiet >= STEPS_BETWEEN_SIGNS_OF_LIFE) {
        heard = send(out, ": still here\n\n");
        quiet = 0;
      }
      if (view.containsKey("endedAt") || ended(view)) {
        send(out, "event: end\ndata: {\"state\":\"" + view.get("state") + "\"}\n\n");
        return;
      }
      if (!heard || stopping.within(STEP)) {
        return;
      }
      view = views.full(account, job).orElse(view);
    }
  }

  private static boolean ended(Map<String, Object> view) {
    return !"queued".equals(view.get("state")) && !"running".equals(view.get("state"));
  }

  /** False when nobody listens any more. */
  private static boolean send(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
