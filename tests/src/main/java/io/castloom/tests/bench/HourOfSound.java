package io.castloom.tests.bench;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import io.castloom.tests.splice.DraftEpisode;
import io.castloom.tests.splice.PieceShelf;
import io.castloom.tests.splice.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made sound for a long episode: encoded quickly, and kept for the next run. */
final class HourOfSound {

  private final Tools tools;
  private final PieceShelf shelf;
  private final Profile profile;

  HourOfSound(Tools tools, PieceShelf shelf, Profile profile) {
    this.tools = tools;
    this.shelf = shelf;
    this.profile = profile;
  }

  /**
   * An episode with intro, pre, mid, post and outro.
   *
   * @param seconds of its body
   */
  DraftEpisode episode(int seconds) throws IOException, InterruptedException {
    return new DraftEpisode(
        profile,
        shelve(Segment.Kind.INTRO, 10, 1),
        shelve(Segment.Kind.AD, 30, 2),
        shelve(Segment.Kind.BODY, seconds, 3),
        new TreeMap<>(Map.of(Duration.ofSeconds(seconds / 2), shelve(Segment.Kind.AD, 30, 4))),
        shelve(Segment.Kind.AD, 30, 5),
        shelve(Segment.Kind.OUTRO, 10, 6),
        List.of());
  }

  /** Encodes once for all runs of the benchmark. */
  private String shelve(Segment.Kind kind, int seconds, int number)
      throws IOException, InterruptedException {
    Path kept =
        Files.createDirectories(
            Path.of(System.getProperty("java.io.tmpdir"), "castloom-bench-sound"));
    String name = profile.name() + "-" + number + "-" + seconds;
    Path file = kept.resolve(name + "." + profile.codec().extension());
    if (!Files.exists(file)) {
      Path part = kept.resolve(name + ".part." + profile.codec().extension());
      List<String> command =
          tools.ffmpegCommand(
              "-f",
              "lavfi",
              "-i",
              ("sine=frequency=%d:beep_factor=5:sample_rate=44100,volume=2[a];"
                      + "anoisesrc=r=44100:color=pink:a=0.2:seed=%d[b];[a][b]amerge=inputs=2")
                  .formatted(170 + 20 * number, number),
              "-t",
              Integer.toString(seconds),
              "-b:a",
              "128k");
      command.addAll(
          profile.codec() == Codec.MP3
              ? List.of("-c:a", "libmp3lame", "-compression_level", "9", "-id3v2_version", "0")
              : List.of("-c:a", "aac", "-aac_coder", "fast", "-aac_pns", "0"));
      command.add(part.toString());
      Tools.run(command);
      Files.move(part, file);
    }
    return shelf.shelve(file, kind, profile);
  }
}
