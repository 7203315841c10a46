package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.domain.scaling.Announcement;
import io.castloom.service.announce.UploadAnnouncement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one upload goes, and what was announced of it. The herald's thread alone looks at it; the
 * thread that receives only says when it pauses or ends.
 */
final class UploadCourse {
  /** Younger uploads are mostly over before anybody could boot. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** What comes sooner is in the pending index as soon as it could be read here. */
  private static final Duration SOON = Duration.ofSeconds(15);

  /** From the last byte to the job's messages: probe, store, copy. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** The rate is that of the last minute. */
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** How long a client may take from one piece to the next. */
  private static final Duration REST = Duration.ofSeconds(30);

  private static final Duration LEAST_MOVE = Duration.ofSeconds(20);

  /** Most uploads that run for some seconds arrive. */
  private static final double CERTAINTY = 0.9;

  /** Of one whose length nobody said, no more is known than that it goes on. */
  private static final double OF_UNKNOWN_LENGTH = 0.5;

  /** So many bytes at that time. */
  private record Sample(Instant at, long bytes) {}

  private final String name;
  private final Job.Policy policy;
  private final Instant begun;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile UploadHerald.Arriving arriving;
  private volatile @Nullable Instant restingSince;
  private volatile boolean ended;
  private @Nullable UploadRequest request;
  private @Nullable UploadAnnouncement announced;
  private Instant writtenAt = Instant.EPOCH;

  UploadCourse(String name, UploadHerald.Arriving arriving, Job.Policy policy, Instant now) {
    this.name = name;
    this.arriving = arriving;
    this.policy = policy;
    this.begun = now;
    samples.add(new Sample(now, arriving.received().getAsLong()));
  }

  /** Goes on after a rest. */
  void resume(UploadHerald.Arriving next) {
    arriving = next;
    restingSince = null;
  }

  void rest(Instant now) {
    restingSince = now;
  }

  void end() {
    ended = true;
  }

  boolean over(Instant now) {
    Instant since = restingSince;
    return ended || (since != null && now.isAfter(since.plus(REST)));
  }

  @Nullable UploadAnnouncement announced() {
    return announced;
  }

  void announced(@Nullable UploadAnnouncement now, Instant at) {
    announced = now;
    writtenAt = at;
  }

  /** What should stand announced now; null for nothing, the present one for no change. */
  @Nullable UploadAnnouncement due(Instant now) throws IOException {
    UploadHerald.Arriving from = arriving;
    long received = from.received().getAsLong();
    samples.add(new Sample(now, received));
    while (samples.size() > 2 && samples.getFirst().at().plus(WINDOW).isBefore(now)) {
      samples.removeFirst();
    }
    if (now.isBefore(begun.plus(YOUNG))) {
      return announced;
    }
    Sample first = samples.getFirst();
    double rate = (received - first.bytes()) * 1e3 / millis(first.at(), now);
    if (rate <= 0) {
      return null; // it stands still
    }
    boolean known = from.totalBytes() >= 0;
    UploadAnnouncement before = announced;
    if (!known && before != null && before.work().at().isAfter(now.plus(SOON))) {
      return before;
    }
    double left =
        known ? Math.max(0, from.totalBytes() - received) / rate : millis(begun, now) / 1e3;
    Instant end = now.plusMillis((long) (left * 1e3)).plus(SETTLING);
    if (before == null ? end.isBefore(now.plus(SOON)) : !moved(before.work().at(), end, left)) {
      return before;
    }
    Optional<Announcement> work =
        ExpectedWork.of(
            request(from),
            known ? from.totalBytes() : 2 * received,
            policy,
            end,
            known ? CERTAINTY : OF_UNKNOWN_LENGTH);
    return work.map(it -> new UploadAnnouncement(name, it)).orElse(null);
  }

  /** Whether what stands is to be said again. */
  boolean renew(Instant now, Duration every) {
    return !now.isBefore(writtenAt.plus(every));
  }

  private static boolean moved(Instant from, Instant to, double left) {
    double seconds = Math.abs(Duration.between(from, to).toMillis()) / 1e3;
    return seconds > Math.max(LEAST_MOVE.toMillis() / 1e3, left / 4);
  }

  private UploadRequest request(UploadHerald.Arriving from) throws IOException {
    UploadRequest known = request;
    if (known == null) {
      known = from.request().get();
      request = known;
    }
    return known;
  }

  private static long millis(Instant from, Instant to) {
    return Math.max(1, Duration.between(from, to).toMillis());
  }
}
