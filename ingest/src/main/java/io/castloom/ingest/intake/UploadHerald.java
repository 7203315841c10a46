package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.announce.RunningUploads;
import io.castloom.service.announce.UploadAnnouncement;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces uploads that still run, so that instances have booted when their tasks come. Whoever
 * receives bytes only leaves word here; a thread of its own looks each five seconds how far they
 * are and writes what has changed. Nothing of it is needed for an upload to be taken in.
 */
public final class UploadHerald implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadHerald.class);
  private static final long EVERY_SECONDS = 5;

  /** What one process announces at the same time, so that a flood of uploads costs no more. */
  static final int MOST = 200;

  /** Tells what an upload asks for; asked once, by the herald's thread. */
  @FunctionalInterface
  public interface Asked {
    /**
     * @throws IOException it cannot be found out now
     */
    UploadRequest get() throws IOException;
  }

  /**
   * An upload that is coming in.
   *
   * @param totalBytes how long it will be; -1 when nobody said
   * @param received how much of it has come
   */
  public record Arriving(Asked request, long totalBytes, LongSupplier received) {
    public Arriving {
      Objects.requireNonNull(request);
      Objects.requireNonNull(received);
    }
  }

  /** Held while an upload runs. */
  public interface Watch extends AutoCloseable {
    /** More of it is expected in another call; {@link #close} says nothing more then. */
    void rest();

    /** It ended: its job is on its way, or there will be none. */
    @Override
    void close();
  }

  private final RunningUploads announcements;
  private final Job.Policy policy;
  private final InstantSource clock;
  private final Map<String, UploadCourse> courses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upload-herald").factory());
  private int announced;

  /**
   * @param store the private bucket
   * @param policy how jobs are cut into tasks
   */
  public UploadHerald(ObjectStore store, Job.Policy policy, InstantSource clock) {
    this.announcements = new RunningUploads(store);
    this.policy = policy;
    this.clock = clock;
  }

  /** Begins to look at uploads by itself. */
  public UploadHerald started() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::runOnce, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  /**
   * An upload begins, or goes on after a rest. Takes no time.
   *
   * @param upload its id
   */
  public Watch watch(String upload, Arriving arriving) {
    UploadCourse course =
        courses.compute(
            upload,
            (_, before) -> {
              if (before == null) {
                return new UploadCourse(upload, arriving, policy, clock.instant());
              }
              before.resume(arriving);
              return before;
            });
    return new Watch() {
      private boolean rests;

      @Override
      public void rest() {
        rests = true;
        course.rest(clock.instant());
      }

      @Override
      public void close() {
        if (!rests) {
          course.end();
          soon();
        }
      }
    };
  }

  private void soon() {
    try {
      thread.execute(this::runOnce);
    } catch (RejectedExecutionException e) {
      LOG.debug("the herald has stopped", e);
    }
  }

  /** Looks at every upload once and writes what has changed. */
  public synchronized void runOnce() {
    Instant now = clock.instant();
    courses.forEach(
        (upload, course) -> {
          try {
            if (course.over(now)) {
              say(course, null, now);
              courses.remove(upload, course);
            } else {
              say(course, course.due(now), now);
            }
          } catch (IOException e) {
            LOG.warn("upload {} cannot be announced now: {}", upload, e.toString());
          } catch (RuntimeException e) {
            LOG.error("upload {} is not announced", upload, e);
            courses.remove(upload, course);
          }
        });
  }

  private void say(
      UploadCourse course, @org.jspecify.annotations.Nullable UploadAnnouncement due, Instant now)
      throws IOException {
    UploadAnnouncement before = course.announced();
    if (due != null && (before != null || announced < MOST)) {
      boolean changed = !due.equals(before);
      if (changed || course.renew(now, RunningUploads.RENEWED)) {
        announcements.announce(due); // first: for a moment both stand, never none
        announced += before == null ? 1 : 0;
        course.announced(due, now);
      }
      if (changed && before != null) {
        announcements.withdraw(before);
      }
    } else if (due == null && before != null) {
      announcements.withdraw(before);
      announced--;
      course.announced(null, now);
    }
  }

  /** Stops, and takes back what it announced. */
  @Override
  public void close() {
    thread.shutdownNow();
    courses.values().forEach(UploadCourse::end);
    runOnce();
  }
}
