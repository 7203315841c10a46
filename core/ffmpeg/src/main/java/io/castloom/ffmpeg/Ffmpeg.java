package io.castloom.ffmpeg;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The two programs that do the work, checked: they start and can do all that the profiles ask.
 *
 * @param build names the encoder in keys, 1 to 40 of {@code [a-z0-9.-]}: two machines of one build
 *     encode the same bytes
 */
public record Ffmpeg(Path ffmpeg, Path ffprobe, String build, Origin origin) {

  /** Where the programs come from. */
  public enum Origin {
    /** Those that Castloom brings along. */
    BUNDLED,
    /** Those named by {@code CASTLOOM_FFMPEG}. */
    CHOSEN,
    /** Those of the machine, found on the PATH. */
    SYSTEM
  }

  public Ffmpeg {
    Objects.requireNonNull(ffmpeg);
    Objects.requireNonNull(ffprobe);
    Objects.requireNonNull(build);
    Objects.requireNonNull(origin);
  }

  /**
   * Finds the programs: those in the folder {@code CASTLOOM_FFMPEG} if set, else the bundled ones,
   * else those on the {@code PATH} when they pass the check. Takes up to a second.
   *
   * @param environment as {@link System#getenv()} gives it
   * @throws FfmpegMissingException none will do; the message says why and what to type
   */
  public static Ffmpeg find(Map<String, String> environment)
      throws FfmpegMissingException, InterruptedException {
    return new FfmpegSearch(environment, FfmpegSearch::bundled).find();
  }
}
