package io.castloom.local.system;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.QueueCounts;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.local.cli.Failure;
import io.castloom.service.accounts.Account;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.JobHealer;
import io.castloom.service.jobs.Rebuild;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code castloom doctor}: what is wrong, and what to do. */
@Command(
    name = "doctor",
    description = {
      "Check JDK, ffmpeg, disk, endpoint, credentials, buckets, queues and clock: what is wrong and"
          + " what to do.",
      "With --rebuild: make all queues' messages and the waiting index anew, from the bucket alone."
    })
public final class DoctorCommand implements Callable<Integer> {

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
  private static final long FREE_BYTES = 2L << 30;

  @Mixin private CloudAccess access;

  @Option(
      names = "--rebuild",
      description = "Send every waiting task's message again, and find those that were lost.")
  private boolean rebuild;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final List<Found> found = new ArrayList<>();

  private record Found(String name, boolean ok, String words) {}

  /** One thing that may be wrong; gives what was found. */
  @FunctionalInterface
  private interface Check {
    String run() throws IOException, InterruptedException, Failure;
  }

  @Override
  public Integer call() throws Exception {
    check("JDK", () -> Runtime.version().toString());
    check(
        "ffmpeg",
        () -> {
          Ffmpeg found = Ffmpeg.find(access.environment());
          return found.build() + " (" + found.origin() + ")";
        });
    check("disk", DoctorCommand::disk);
    try (Cloud cloud = access.open()) {
      check("buckets", () -> buckets(cloud));
      check("queues", () -> queues(cloud));
      check("clock", this::clock);
      if (rebuild && isWell()) {
        check("rebuild", () -> rebuild(cloud));
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(Map.of("checks", found)));
    }
    return isWell() ? 0 : 1;
  }

  private boolean isWell() {
    return found.stream().allMatch(Found::ok);
  }

  private void check(String name, Check check) throws InterruptedException {
    try {
      tell(new Found(name, true, check.run()));
    } catch (IOException | Failure | RuntimeException e) {
      tell(new Found(name, false, Failure.inOneLine(e)));
    }
  }

  private void tell(Found one) {
    found.add(one);
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%-6s %-8s %s%n", one.ok() ? "ok" : "WRONG", one.name(), one.words());
      out.flush();
    }
  }

  private static String disk() throws IOException, Failure {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long free = Files.getFileStore(temporary).getUsableSpace();
    if (free < FREE_BYTES) {
      throw Failure.failed(
          "only "
              + (free >> 20)
              + " MiB are free in "
              + temporary
              + ": free some, or set java.io.tmpdir");
    }
    return (free >> 30) + " GiB free in " + temporary;
  }

  private static String buckets(Cloud cloud) throws IOException {
    cloud.check();
    return cloud.privateStore().name() + ", " + cloud.publicStore().name();
  }

  private static String queues(Cloud cloud) throws IOException {
    StringBuilder found = new StringBuilder();
    for (WorkClass workClass : WorkClass.all()) {
      QueueCounts counts = cloud.queues().of(workClass).counts();
      found.append(workClass.slug()).append(' ').append(counts.total()).append("  ");
    }
    return found.toString().strip();
  }

  /**
   * Signed requests fail when clocks differ by more than some minutes, and waits are wrong before.
   */
  private String clock() throws IOException, InterruptedException, Failure {
    Map<String, String> environment = access.environment();
    String endpoint =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_S3",
            environment.getOrDefault("AWS_ENDPOINT_URL", "https://s3.amazonaws.com"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> response =
          http.send(
              HttpRequest.newBuilder(URI.create(endpoint)).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.discarding());
      String date = response.headers().firstValue("Date").orElse("");
      if (date.isEmpty()) {
        return "the endpoint does not tell its time";
      }
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration skew = Duration.between(theirs, Instant.now()).abs();
      if (skew.compareTo(CLOCK_SKEW) > 0) {
        throw Failure.failed(
            "this machine's clock differs by "
                + skew.toSeconds()
                + " s from "
                + endpoint
                + ": set it by NTP");
      }
      return "within " + Math.max(1, skew.toSeconds()) + " s of " + endpoint;
    }
  }

  private static String rebuild(Cloud cloud) throws IOException {
    InstantSource clock = InstantSource.system();
    var engine =
        JobEngine.over(cloud.privateStore(), cloud.queues(), JobEngine.LARGEST_WINDOW, clock);
    var jobs = engine.jobs();
    var backlog = engine.backlog();
    var dispatcher = engine.dispatcher();
    var healer =
        new JobHealer(jobs, backlog, dispatcher, new Endings(jobs, Endings.Listener.none()), clock);
    List<AccountId> all = engine.accounts().list().stream().map(Account::id).toList();
    Rebuild.Rebuilt rebuilt = new Rebuild(backlog, dispatcher, healer).run(all);
    return "%d messages sent again, %d lost tasks found, %d jobs closed"
        .formatted(rebuilt.resent(), rebuilt.lost(), rebuilt.folded());
  }
}
