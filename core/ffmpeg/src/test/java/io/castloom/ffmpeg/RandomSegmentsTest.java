package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.ProfileRules;
import io.castloom.domain.media.SourceMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Identical samples over many lengths, rates and profiles: those of the cases come from a seed, so
 * a failure can be had again. {@code -Dcastloom.proof.runs=20} tries twenty times as many.
 */
final class RandomSegmentsTest {

  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);
  private static final long SEED = Long.getLong("castloom.proof.seed", 11);
  private static final int[] RATES = {44_100, 48_000, 32_000, 22_050};

  @TempDir Path folder;

  @Test
  void constant_bit_rates_are_joined_to_identical_samples() throws Exception {
    for (int i = 0; i < 8 * RUNS; i++) {
      Random random = new Random(SEED + i);
      int rate = RATES[i % RATES.length];
      boolean low = rate < 32_000;
      int[] kbps = low ? new int[] {32, 48, 64, 96} : new int[] {64, 96, 128, 192};
      Profile.Rate bits = new Profile.Rate.Bitrate(kbps[random.nextInt(kbps.length)]);
      prove(random, new Profile("p", Codec.MP3, rate, 1 + i / 4 % 2, bits, null));
    }
  }

  @Test
  void variable_bit_rates_are_joined_to_identical_samples() throws Exception {
    for (int i = 0; i < 8 * RUNS; i++) {
      Random random = new Random(SEED + 1_000 + i);
      int rate = RATES[i % RATES.length];
      Profile.Rate quality = new Profile.Rate.Quality(random.nextInt(7));
      prove(random, new Profile("p", Codec.MP3, rate, 1 + i / 4 % 2, quality, null));
    }
  }

  private void prove(Random random, Profile profile) throws Exception {
    int from = RATES[random.nextInt(RATES.length)];
    int parts = 2 + random.nextInt(2);
    double seconds = parts * (14 + random.nextInt(8)) + random.nextDouble();
    int channels = 1 + random.nextInt(2);
    String what =
        "%s from %d Hz, %d channel(s), %.3f s in %d"
            .formatted(profile, from, channels, seconds, parts);
    assertThat(ProfileRules.check(profile)).as(what).isEmpty();
    Path own = Files.createTempDirectory(folder, "case");
    Path wav = Sounds.talk(own.resolve("in.wav"), seconds, from, channels, random.nextLong());
    if (!(Sounds.TOOLS.probe(wav, "in.wav")
        instanceof ProbeOutcome.Recognised(SourceMedia media))) {
      throw new AssertionError(what + " is not recognised");
    }
    Path single = own.resolve("single.mp3");
    Sounds.TOOLS.encode(new EncodeRequest(wav, media, profile, 0, single), s -> {});
    Path joined = own.resolve("joined.mp3");
    Segments.Result result =
        new Segments(own, wav, media, profile).join(parts, ChunkJoiner.Proof.CONTENT, joined);
    assertThat(result.outcome()).as(what).isInstanceOf(ChunkJoiner.Outcome.Joined.class);
    assertThat(Sounds.samples(own, joined)).as(what).isEqualTo(Sounds.samples(own, single));
    List<Path> made = new ArrayList<>();
    try (var files = Files.list(own)) {
      files.forEach(made::add);
    }
    for (Path file : made) {
      Files.delete(file);
    }
  }
}
