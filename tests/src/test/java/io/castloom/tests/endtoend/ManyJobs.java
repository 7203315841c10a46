package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.castloom.aws.CallListener;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many short recordings that differ, with callbacks that are listened for, and what must be true of
 * them when all has been done.
 */
final class ManyJobs implements AutoCloseable {

  private static final int RATE = 44_100;
  private static final String PROFILE = "mp3-128";
  private static final Duration CALLBACK_PATIENCE = Duration.ofMinutes(2);

  /**
   * @param seconds long
   * @param meanDb its mean level in dBFS
   */
  private record Recording(Path file, double seconds, double meanDb) {}

  private final Path folder;
  private final List<Recording> recordings = new ArrayList<>();
  private final HttpServer listener;
  private final Map<String, Set<String>> deliveries = new ConcurrentHashMap<>();

  ManyJobs(Path folder, int count, long seed) throws IOException {
    this.folder = folder;
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      recordings.add(
          tone(
              folder.resolve("tone-" + i + ".wav"),
              2 + 2 * random.nextDouble(),
              220 + 20 * i,
              0.1 + 0.3 * random.nextDouble()));
    }
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    listener.createContext(
        "/",
        exchange -> {
          JsonNode told = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
          deliveries
              .computeIfAbsent(told.path("job").asString(), id -> ConcurrentHashMap.newKeySet())
              .add(
                  told.path("state").asString()
                      + " "
                      + exchange.getRequestHeaders().getFirst("Castloom-Delivery"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    listener.start();
  }

  private static Recording tone(Path file, double seconds, double hertz, double amplitude)
      throws IOException {
    int samples = (int) (seconds * RATE);
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      double value = amplitude * Math.sin(2 * Math.PI * hertz * i / RATE);
      wav.putShort((short) Math.round(value * Short.MAX_VALUE));
    }
    Files.write(file, wav.array());
    return new Recording(file, samples / (double) RATE, 20 * Math.log10(amplitude / Math.sqrt(2)));
  }

  List<Path> files() {
    return recordings.stream().map(Recording::file).toList();
  }

  /** How many words of the jobs' states have come: a measure of how much was done. */
  int words() {
    return deliveries.values().stream().mapToInt(Set::size).sum();
  }

  /** What an upload asks for. */
  String query() {
    return "?profiles=" + PROFILE + "&callback=http://127.0.0.1:" + listener.getAddress().getPort();
  }

  /**
   * Checks that each job is done once and well.
   *
   * @param jobs one for each of the files, in their order
   */
  void verify(House house, List<String> jobs) throws IOException, InterruptedException {
    assertThat(jobs).doesNotHaveDuplicates().hasSize(recordings.size());
    Sound sound = new Sound();
    for (int i = 0; i < jobs.size(); i++) {
      JsonNode job = house.get("/v1/jobs/" + jobs.get(i));
      assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("done");
      assertThat(job.path("renditions").size()).isEqualTo(1);
      Recording recording = recordings.get(i);
      Path mp3 = house.rendition(job, PROFILE, folder.resolve("tone-" + i + ".mp3"));
      Sound.Heard heard = sound.hear(mp3);
      assertThat(heard.samples() / 2.0 / RATE)
          .as("seconds of " + mp3)
          .isCloseTo(recording.seconds(), within(0.06));
      assertThat(heard.meanDb()).as("level of " + mp3).isCloseTo(recording.meanDb(), within(0.5));
    }
    assertThat(storedOnce(house)).hasSize(recordings.size());
    awaitCallbacks(jobs.size());
    assertThat(deliveries.keySet()).containsExactlyInAnyOrderElementsOf(jobs);
    // The same word may be said twice (a worker that has sent it and is killed); never another end.
    assertThat(deliveries.values())
        .allSatisfy(
            told ->
                assertThat(told.stream().map(word -> word.split(" ")[0]))
                    .doesNotHaveDuplicates()
                    .contains("done")
                    .isSubsetOf("queued", "running", "done"));
  }

  /** They are tasks too, so the last ones come after the last job's end. */
  private void awaitCallbacks(int count) {
    long deadline = System.nanoTime() + CALLBACK_PATIENCE.toNanos();
    while (done() < count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private long done() {
    return deliveries.values().stream()
        .filter(told -> told.stream().anyMatch(word -> word.startsWith("done ")))
        .count();
  }

  /** The stored audio by its folder; fails when a folder holds two. */
  private static Map<String, String> storedOnce(House house) throws IOException {
    Map<String, String> stored = new HashMap<>();
    Map<String, String> environment = house.system().environment();
    CloudSettings where =
        CloudSettings.from(new SettingsReader(Map.of(), environment), environment);
    try (Cloud cloud = Cloud.open(where, CallListener.none())) {
      ObjectStore store = cloud.privateStore();
      ObjectPage page = store.list("pieces/", "", 1_000);
      page.objects().stream()
          .map(object -> object.key())
          .filter(key -> key.matches(".*/audio\\.[a-z0-9]+"))
          .forEach(
              key ->
                  assertThat(stored.put(key.split("/")[1] + key.split("/")[2], key))
                      .as("a second rendition beside " + key)
                      .isNull());
    }
    return stored;
  }

  @Override
  public void close() {
    listener.stop(0);
  }
}
