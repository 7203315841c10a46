package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Guesses the tasks of a recording from its name and size, before anybody could look at it: the job
 * of such a recording, and of its stages the one that takes the most work, since stages follow one
 * another.
 */
final class ExpectedWork {
  /** Less is done by whoever is up, or by the one instance that comes anyway. */
  static final Duration WORTH_TELLING = Duration.ofSeconds(10);

  private static final int RATE = 44_100;

  /** Bytes for each second of sound as podcasters usually send it: PCM as on a CD. */
  private static final int PCM = RATE * 4;

  private static final int FLAC = PCM / 2;
  private static final int VIDEO = 300_000;

  /** 192 kbit/s. */
  private static final int PACKED = 24_000;

  private ExpectedWork() {}

  /**
   * What a recording of so many bytes will bring; empty when that is too little to matter.
   *
   * @param at when its messages are expected
   */
  static Optional<Announcement> of(
      UploadRequest request, long bytes, Job.Policy policy, Instant at, double certainty) {
    List<Duration> stage = heaviest(request, bytes, policy, at);
    Duration all = stage.stream().reduce(Duration.ZERO, Duration::plus);
    if (all.compareTo(WORTH_TELLING) < 0) {
      return Optional.empty();
    }
    String lane = new WorkClass(TaskKind.TRANSCODE, request.priority()).slug();
    return Optional.of(
        new Announcement(
            Lane.valueOf(lane), at, stage.size(), all.dividedBy(stage.size()), certainty));
  }

  private static List<Duration> heaviest(
      UploadRequest request, long bytes, Job.Policy policy, Instant at) {
    Original original =
        new Original(
            request.account(),
            Sha256.of(new byte[0]),
            request.filename(),
            media(request.filename(), bytes),
            at);
    Job job =
        JobPlanner.plan(original, request.profiles(), request.priority(), null, null, policy, at);
    return JobFlow.of(job, Map.of()).plans().stream()
        .filter(JobFlow.Plan::required)
        .collect(
            Collectors.groupingBy(
                JobFlow.Plan::after,
                Collectors.mapping(JobFlow.Plan::estimate, Collectors.toList())))
        .values()
        .stream()
        .max((a, b) -> Long.compare(millis(a), millis(b)))
        .orElse(List.of(Duration.ZERO));
  }

  private static long millis(List<Duration> estimates) {
    return estimates.stream().mapToLong(Duration::toMillis).sum();
  }

  private static SourceMedia media(String filename, long bytes) {
    long millis = bytes * 1_000 / bytesPerSecond(filename.toLowerCase(Locale.ROOT));
    return new SourceMedia(
        "unknown",
        "unknown",
        0,
        RATE,
        2,
        "stereo",
        Duration.ofMillis(millis),
        Math.max(1, millis * RATE / 1_000),
        true,
        bytes,
        Map.of(),
        List.of());
  }

  /** By the name's ending; what uploaders append while a file is not whole is passed over. */
  private static int bytesPerSecond(String name) {
    String whole = name.replaceFirst("\\.(part|partial|filepart|tmp|crdownload)$", "");
    return switch (whole.substring(whole.lastIndexOf('.') + 1)) {
      case "wav", "wave", "bwf", "w64", "rf64", "aif", "aiff" -> PCM;
      case "flac", "alac" -> FLAC;
      case "mp4", "mov", "m4v", "mkv", "webm" -> VIDEO;
      default -> PACKED;
    };
  }
}
