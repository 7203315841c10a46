package io.castloom.local.demo;

import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.local.cli.Api;
import io.castloom.local.cli.Download;
import io.castloom.local.cli.Failure;
import io.castloom.local.cli.Spans;
import io.castloom.local.system.LocalSystem;
import io.castloom.local.system.Ready;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo's acts, in order. */
final class Demo {

  /** How long a task of the burst may wait. */
  static final Duration BURST_TARGET = Duration.ofSeconds(12);

  private static final Duration LONG = Duration.ofMinutes(8);
  private static final int BURST = 8;

  private final LocalSystem system;
  private final ScalerOperations scaler;
  private final Ready ready;
  private final Path results;
  private final Recordings recordings;
  private final Story story;
  private final Api api;
  private final JobBoard board;

  Demo(LocalSystem system, ScalerOperations scaler, Path folder, Story story) throws IOException {
    this.scaler = scaler;
    this.system = system;
    this.ready = system.ready();
    this.results = folder.resolve("results");
    this.recordings = new Recordings(folder.resolve("recordings"));
    this.story = story;
    this.api = new Api(URI.create(ready.http()), ready.token());
    this.board = new JobBoard(api, story);
  }

  void run(List<Path> files, boolean withLongOne)
      throws Failure, IOException, InterruptedException {
    List<Path> own =
        files.isEmpty()
            ? List.of(recordings.get("harbour-lights.mp2"), recordings.get("field-note.flac"))
            : files;
    LongRecording tools = new LongRecording(Ffmpeg.find(System.getenv()), recordings.folder());
    DemoBurst burst = new DemoBurst(api, scaler, BURST_TARGET, story);
    transcode(own, burst, tools.pieces(recordings.get("harbour-lights.mp2"), BURST));
    if (withLongOne) {
      longOne(tools);
    }
    new DemoNights(api, system, recordings, board, story).run();
    drain(burst);
  }

  private void transcode(List<Path> files, DemoBurst burst, List<Path> pieces)
      throws Failure, IOException, InterruptedException {
    story.chapter("Recordings go in, by HTTP and by FTP");
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      jobs.add(i % 2 == 0 ? byHttp(files.get(i)) : byFtp(files.get(i)));
    }
    burst.begin(pieces);
    story.chapter("They wait in the queue; workers are launched because of it, and transcode");
    List<JsonNode> done = board.await(jobs);
    for (Instance instance : system.fleet().list()) {
      story.line(
          "instance "
              + instance.id()
              + " ("
              + instance.kind().slug()
              + ", "
              + instance.state().name().toLowerCase(Locale.ROOT)
              + "), launched by decision "
              + instance.tags().get(Instance.LAUNCH_TOKEN));
    }
    for (JsonNode job : done) {
      story.line(
          job.path("filename").asString()
              + " waited "
              + Spans.of(JobBoard.waited(job))
              + " for an instance and was done "
              + Spans.of(JobBoard.took(job))
              + " after its order");
      for (Path file : new Download(api, null).renditions(job, results)) {
        story.line("  -> " + file);
      }
    }
    burst.await();
  }

  private String byHttp(Path file) throws Failure, IOException, InterruptedException {
    String name = file.getFileName().toString();
    byte[] answer =
        api.send(
                "PUT",
                "/v1/uploads/"
                    + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20"),
                BodyPublishers.ofFile(file),
                Map.of(),
                BodyHandlers.ofByteArray())
            .body();
    String job = JsonMapper.shared().readTree(answer).path("job").asString();
    story.line(name + " by HTTP: job " + job);
    return job;
  }

  private String byFtp(Path file) throws Failure, IOException, InterruptedException {
    String words = FtpUpload.store(URI.create(ready.ftp()), ready.account(), ready.token(), file);
    String name = file.getFileName().toString();
    for (JsonNode job : api.get("/v1/jobs?limit=20").path("jobs")) {
      if (job.path("filename").asString().equals(name)) {
        story.line(name + " by FTP: job " + job.path("id").asString());
        return job.path("id").asString();
      }
    }
    throw Failure.failed("FTP took " + name + " (" + words + "), but there is no job of it");
  }

  private void longOne(LongRecording tools) throws Failure, IOException, InterruptedException {
    story.chapter("A long recording on two workers at once");
    Path wav = tools.make(recordings.get("harbour-lights.mp2"), LONG);
    Path alone = recordings.folder().resolve("one-pass.mp3");
    Duration single = tools.singlePass(wav, alone);
    story.line("one ffmpeg alone encodes its " + Spans.of(LONG) + " in " + Spans.of(single));
    JsonNode job = board.await(List.of(byHttp(wav))).getFirst();
    Duration took = JobBoard.took(job);
    Path joined = new Download(api, null).renditions(job, results).getFirst();
    boolean equal = tools.soundOf(alone).equals(tools.soundOf(joined));
    story.line(
        String.format(
            Locale.ROOT,
            "in segments, joined again: %s, %.2f times as fast; the decoded samples are %s",
            Spans.of(took),
            single.toMillis() / (double) took.toMillis(),
            equal ? "identical" : "DIFFERENT"));
    if (!equal) {
      throw Failure.failed("the joined file differs from a single pass: " + joined);
    }
  }

  private void drain(DemoBurst burst) throws IOException {
    long running =
        system.fleet().list().stream().filter(i -> i.state() == InstanceState.RUNNING).count();
    story.chapter("What the autoscaler did, and the end");
    burst.tellDecisions();
    story.line(running + " instances are drained; what they had is done or handed back");
    story.line("files: " + results);
  }
}
