package io.castloom.ingest;

import io.castloom.ingest.ftp.Incoming;
import io.castloom.ingest.intake.Reconciler;
import io.castloom.ingest.tus.TusStore;
import io.castloom.service.announce.RunningUploads;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes what crashes left and removes what nobody went on with, at the start and regularly. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long MINUTES = 2;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());
  private final Reconciler reconciler;
  private final TusStore uploads;
  private final Incoming incoming;
  private final RunningUploads announcements;
  private final InstantSource clock;

  Housekeeping(
      Reconciler reconciler,
      TusStore uploads,
      Incoming incoming,
      RunningUploads announcements,
      InstantSource clock) {
    this.reconciler = reconciler;
    this.uploads = uploads;
    this.incoming = incoming;
    this.announcements = announcements;
    this.clock = clock;
    var _ = thread.scheduleWithFixedDelay(this::run, 0, MINUTES, TimeUnit.MINUTES);
  }

  private void run() {
    try {
      incoming.sweep();
      int settled = reconciler.runOnce();
      int expired = uploads.sweep(clock.instant());
      announcements.sweep(clock.instant());
      if (settled + expired > 0) {
        LOG.info("{} uploads finished after a crash, {} expired", settled, expired);
      }
    } catch (IOException e) {
      LOG.warn("housekeeping goes on in {} minutes: {}", MINUTES, e.toString());
    } catch (RuntimeException e) {
      LOG.error("housekeeping failed; it goes on in {} minutes", MINUTES, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
