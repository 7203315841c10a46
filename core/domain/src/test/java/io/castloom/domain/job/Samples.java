package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Originals, jobs and tasks with defaults, for tests. */
public final class Samples {

  /** When everything here happens, unless told otherwise. */
  public static final Instant NOW = Instant.parse("2026-11-25T08:00:00.123Z");

  /** The account of everything here, unless told otherwise. */
  public static final AccountId DEMO = new AccountId("demo");

  private Samples() {}

  /** A stereo WAV of this length; other content for another name. */
  public static Original anOriginal(AccountId account, String filename, Duration length) {
    long samples = length.toMillis() * 48;
    SourceMedia media =
        new SourceMedia(
            "wav",
            "pcm_s16le",
            0,
            48_000,
            2,
            "stereo",
            length,
            samples,
            true,
            samples * 4 + 44,
            Map.of("title", filename),
            List.of());
    Sha256 sha = Sha256.of((account + filename).getBytes(StandardCharsets.UTF_8));
    return new Original(account, sha, filename, media, NOW);
  }

  /** A job on an original of one minute. */
  public static Job aJob(
      AccountId account, String filename, Priority priority, String... profiles) {
    List<Profile> wanted =
        List.of(profiles).stream().map(name -> StandardProfiles.ALL.get(name)).toList();
    return JobPlanner.plan(
        anOriginal(account, filename, Duration.ofMinutes(1)),
        wanted,
        priority,
        null,
        null,
        Job.Policy.DEFAULT,
        NOW);
  }

  /** A normal job of the demo account into one {@code mp3-128}. */
  public static Job aJob() {
    return aJob(DEMO, "one.wav", Priority.NORMAL, "mp3-128");
  }
}
