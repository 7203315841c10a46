package io.castloom.tests.bench;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import io.castloom.local.instance.ChildProcess;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many recordings from upload to stored rendition, against the bare encoder on the same files. */
public final class ThroughputBench implements Benchmark {

  private static final int RECORDINGS = Integer.getInteger("bench.recordings", 40);
  private static final int WORKERS = 2;
  private static final int UPLOADERS = 4;
  private static final double MOST = 1.05;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String about() {
    return "40 recordings of 1 to 5 minutes from upload to stored mp3-128 on 2 workers, against"
        + " xargs -P2 of the same ffmpeg";
  }

  @Override
  public Duration length() {
    return Duration.ofMinutes(5);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws IOException, InterruptedException {
    try (BenchHouse house = new BenchHouse()) {
      say.accept("making " + RECORDINGS + " recordings");
      List<Path> files = recordings(house.folder());

      say.accept("the bare encoder, two at a time");
      double bareCpu = -Cpu.ofChildrenOrZero();
      double bare = bare(house.folder(), files);
      bareCpu += Cpu.ofChildrenOrZero();

      say.accept("ingest and " + WORKERS + " workers");
      house.startWorkers(WORKERS);
      Server server = Server.start(house);
      try {
        List<Long> processes = new ArrayList<>(house.workerPids());
        processes.add(server.process().pid());
        List<Long> ingest = List.of(server.process().pid());
        List<Long> here = List.of(ProcessHandle.current().pid());
        double cpu = -Cpu.orZero(processes, Cpu::of);
        double workers = -Cpu.orZero(house.workerPids(), Cpu::alone);
        double intake = -Cpu.orZero(ingest, Cpu::of);
        double cloud = -Cpu.orZero(here, Cpu::alone);
        long begin = System.nanoTime();
        upload(server, files);
        double uploaded = (System.nanoTime() - begin) / 1e9;
        await(house.cloud().privateStore(), files.size());
        double ours = (System.nanoTime() - begin) / 1e9;
        cpu += Cpu.orZero(processes, Cpu::of);
        workers += Cpu.orZero(house.workerPids(), Cpu::alone);
        intake += Cpu.orZero(ingest, Cpu::of);
        cloud += Cpu.orZero(here, Cpu::alone);
        return List.of(
            Measure.ratio(name(), "wall time", ours, "s", bare, Measure.Goal.atMost(MOST)),
            Measure.ratio(name(), "processor time of ingest and workers", cpu, "s", bareCpu, null),
            Measure.plain(name(), "of it in the workers' own code", workers, "s", null),
            Measure.plain(name(), "of it in ingest and its probes", intake, "s", null),
            Measure.plain(name(), "beside it in the embedded cloud", cloud, "s", null),
            Measure.plain(
                name(),
                "of the wall time until the last upload was answered",
                uploaded,
                "s",
                null));
      } finally {
        server.process().stop(Duration.ofSeconds(20));
        server.process().ended().join();
      }
    }
  }

  /** As podcasters bring them: WAV, FLAC, MP2 and MP3 in turn, of different lengths. */
  private static List<Path> recordings(Path folder) throws IOException, InterruptedException {
    BenchSound sound = new BenchSound(folder);
    Random random = new Random(40);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < RECORDINGS; i++) {
      String extension = List.of("wav", "flac", "mp2", "mp3").get(i % 4);
      double seconds = 60 + random.nextDouble() * 240;
      files.add(sound.make(folder.resolve("recording-" + i + "." + extension), seconds, i));
    }
    return files;
  }

  /** {@code xargs} with the encoder's ordinary command line. */
  private static double bare(Path folder, List<Path> files)
      throws IOException, InterruptedException {
    Path list = folder.resolve("files.txt");
    Files.write(list, files.stream().map(Path::toString).toList());
    Path out = Files.createDirectories(folder.resolve("bare"));
    String ffmpeg = Ffmpeg.find(System.getenv()).ffmpeg().toString();
    String script =
        "exec \"$0\" -v error -nostdin -y -i \"$2\" -vn -ar 44100 -ac 2 -b:a 128k"
            + " \"$1/$(basename \"$2\").out.mp3\"";
    ProcessBuilder builder =
        new ProcessBuilder(
            "xargs", "-P" + WORKERS, "-n1", "sh", "-c", script, ffmpeg, out.toString());
    builder.inheritIO().redirectInput(list.toFile());
    long begin = System.nanoTime();
    int exit = builder.start().waitFor();
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (exit != 0) {
      throw new IOException("xargs ended with " + exit);
    }
    return seconds;
  }

  private static void upload(Server server, List<Path> files)
      throws IOException, InterruptedException {
    List<Future<Integer>> answers;
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS)) {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (Path file : files) {
        puts.add(() -> put(client, server, file));
      }
      answers = uploaders.invokeAll(puts);
    }
    for (Future<Integer> answer : answers) {
      if (answer.state() != Future.State.SUCCESS) {
        throw new IOException("an upload failed", answer.exceptionNow());
      }
    }
  }

  private static int put(HttpClient client, Server server, Path file)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/v1/uploads/" + file.getFileName()))
            .header("Authorization", "Bearer " + server.token())
            .PUT(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() / 100 != 2) {
      throw new IOException(file + ": " + response.statusCode() + " " + response.body());
    }
    return response.statusCode();
  }

  /** Waits until so many renditions are stored. */
  private static void await(ObjectStore store, int wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Set<String> stored = new HashSet<>();
    while (stored.size() < wanted) {
      ObjectPage page = store.list("pieces/", "", 1_000);
      page.objects().stream()
          .filter(object -> object.key().endsWith("/audio.mp3"))
          .forEach(object -> stored.add(object.key()));
      if (System.nanoTime() > deadline) {
        throw new IOException(stored.size() + " of " + wanted + " renditions after " + LIMIT);
      }
      // each look is work of the store, on the very cores that are measured: seldom until the last
      boolean last = wanted - stored.size() <= 2 * WORKERS;
      Thread.sleep(last ? 250 : 2_500);
    }
  }

  /** Ingest as a process of its own. */
  private record Server(ChildProcess process, URI address, String token) {

    static Server start(BenchHouse house) throws IOException, InterruptedException {
      AccountId account = BenchHouse.ACCOUNT;
      Accounts accounts = new Accounts(house.cloud().privateStore(), InstantSource.system());
      accounts.add(account, Account.Role.CUSTOMER);
      String token =
          accounts
              .newToken(account, "bench")
              .orElseThrow(() -> new IOException("no account " + account));
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Path log = house.folder().resolve("ingest.log");
      ChildProcess process =
          ChildProcess.start(
              house.process(
                  "io.castloom.ingest.IngestMain",
                  "--set",
                  "http.port=" + port,
                  "--set",
                  "ftp.enabled=false",
                  "--set",
                  "admin.port=0",
                  "--set",
                  "intake.spool=" + house.folder().resolve("spool")),
              log);
      BenchHouse.awaitLine(log, "is up", process);
      return new Server(process, URI.create("http://127.0.0.1:" + port), token);
    }
  }
}
