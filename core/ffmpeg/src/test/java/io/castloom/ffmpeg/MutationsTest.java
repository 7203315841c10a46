package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.media.ToolFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are accepted or refused with a reason; none hangs, none hurts the machine. */
final class MutationsTest {

  private static final int MUTATIONS = 300;

  /** Beyond this a file of one second is stuck; a loaded machine needs a few. */
  private static final Duration STUCK = Duration.ofSeconds(30);

  @TempDir Path folder;

  private record Verdict(int seed, String words, Duration took) {}

  @Test
  void three_hundred_damaged_files_each_get_a_verdict_in_time() throws Exception {
    List<byte[]> originals = new ArrayList<>();
    for (String name :
        new String[] {
          "a.wav", "a.aiff", "a.flac", "a.mp3", "a.mp2", "a.m4a", "a.opus", "a.mkv", "a.w64",
          "a.caf", "a.wma"
        }) {
      Path file = Sounds.make(folder, name, Sounds.tone(1, 44_100, 2));
      originals.add(Files.readAllBytes(file));
    }
    List<Future<Verdict>> running = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int seed = 0; seed < MUTATIONS; seed++) {
        int number = seed;
        byte[] damaged = mutate(originals.get(seed % originals.size()), new Random(seed));
        running.add(two.submit(() -> verdict(number, damaged)));
      }
    }
    int refused = 0;
    for (Future<Verdict> future : running) {
      Verdict verdict = future.get();
      assertThat(verdict.took()).as("%s", verdict).isLessThan(STUCK);
      refused += verdict.words().isEmpty() ? 0 : 1;
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
  }

  private Verdict verdict(int seed, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("m" + seed), bytes);
    Path out = folder.resolve("m" + seed + ".mp3");
    long start = System.nanoTime();
    String words =
        switch (Sounds.TOOLS.probe(file, "m")) {
          case ProbeOutcome.Refused(String reason) -> {
            assertThat(reason).as("seed %d", seed).isNotBlank();
            yield reason;
          }
          case ProbeOutcome.Recognised(SourceMedia media) -> encode(file, media, out);
        };
    return new Verdict(seed, words, Duration.ofNanos(System.nanoTime() - start));
  }

  private static String encode(Path file, SourceMedia media, Path out) throws Exception {
    var profile = Objects.requireNonNull(StandardProfiles.ALL.get("mp3-64-mono"));
    return switch (Sounds.TOOLS.encode(
        new EncodeRequest(file, media, profile, 0, out), seconds -> {})) {
      case EncodeOutcome.Encoded(double seconds) -> "";
      case EncodeOutcome.Failed(ToolFailure failure) -> {
        assertThat(failure.reason()).isNotBlank();
        assertThat(out).doesNotExist();
        yield failure.reason();
      }
    };
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        for (int i = 0; i < 20; i++) {
          bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt(256);
        }
      }
      case 2 -> {
        for (int i = 0; i < bytes.length / 50; i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 3 -> {
        int from = random.nextInt(bytes.length / 2);
        java.util.Arrays.fill(
            bytes, from, from + random.nextInt(bytes.length / 2), (byte) random.nextInt(256));
      }
      default -> {
        // numbers of the header to their extremes
        for (int i = 0; i < 4; i++) {
          int at = random.nextInt(Math.min(bytes.length - 4, 200));
          byte extreme = (byte) (random.nextBoolean() ? 0xff : 0x7f);
          java.util.Arrays.fill(bytes, at, at + 4, extreme);
        }
      }
    }
    return bytes;
  }
}
