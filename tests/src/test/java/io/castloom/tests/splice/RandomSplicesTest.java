package io.castloom.tests.splice;

import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.MemoryObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Episodes of random profiles, lengths, arrangements, cue points and chapters. Each case comes from
 * a seed, so a failure can be had again; {@code -Dcastloom.proof.runs=100} tries a hundred.
 */
final class RandomSplicesTest {
  private static final long SEED = Long.getLong("castloom.proof.seed", 23);
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 4);

  @TempDir Path folder;

  @Test
  void episodes_of_any_profile_sound_like_their_pieces() throws Exception {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Random random = new Random(seed);
      Profile profile = profile(random);
      Path own = Files.createTempDirectory(folder, "case");
      try {
        Studio studio =
            Studio.of(
                own,
                new MemoryObjectStore("private", InstantSource.system()),
                new MemoryObjectStore("public", InstantSource.system()),
                profile,
                5 + random.nextInt(30));
        studio.check(studio.random(random), "random");
      } catch (AssertionError | IllegalStateException e) {
        throw new AssertionError("seed " + seed + ", " + profile, e);
      }
      try (var files = Files.list(own)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private static Profile profile(Random random) {
    int channels = 1 + random.nextInt(2);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 ->
          new Profile(
              "p",
              Codec.MP3,
              any(random, 44_100, 48_000, 32_000),
              channels,
              new Profile.Rate.Bitrate(any(random, 64, 96, 128, 192, 256, 320)),
              null);
      case 3 ->
          new Profile(
              "p",
              Codec.MP3,
              any(random, 22_050, 24_000, 16_000),
              channels,
              new Profile.Rate.Bitrate(any(random, 32, 48, 64, 160)),
              null);
      case 4, 5 ->
          new Profile(
              "p",
              Codec.MP3,
              any(random, 44_100, 48_000, 22_050),
              channels,
              new Profile.Rate.Quality(random.nextInt(8)),
              null);
      case 6 ->
          new Profile(
              "p",
              Codec.AAC,
              any(random, 44_100, 48_000, 32_000, 22_050),
              channels,
              new Profile.Rate.Bitrate(any(random, 64, 96, 128)),
              null);
      default ->
          random.nextBoolean()
              ? new Profile(
                  "p",
                  Codec.OPUS,
                  48_000,
                  channels,
                  new Profile.Rate.Bitrate(any(random, 48, 64, 96)),
                  null)
              : new Profile(
                  "p",
                  Codec.FLAC,
                  any(random, 44_100, 48_000, 22_050),
                  channels,
                  new Profile.Rate.Lossless(),
                  null);
    };
  }

  private static int any(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
