package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps hands full: fetches as long as there is room, and where nothing comes helps a little and
 * waits. One thread.
 */
final class Feed implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final Hands hands;
  private final Fetcher fetcher;
  private final IdleHelp idle;
  private final Duration pollWait;

  Feed(Hands hands, Fetcher fetcher, IdleHelp idle, Duration pollWait) {
    this.hands = hands;
    this.fetcher = fetcher;
    this.idle = idle;
    this.pollWait = pollWait;
  }

  /** Until the instance has stopped, or the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (hands.mode() != Heartbeat.Mode.STOPPED) {
        hands.awaitRoom();
        if (hands.mode() == Heartbeat.Mode.WORKING) {
          fetch();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fetch() throws InterruptedException {
    try {
      fetchOnce();
    } catch (IOException e) {
      LOG.warn("queues cannot be read: {}", e.toString());
      hands.pause();
    } catch (RuntimeException e) {
      LOG.error("bug while fetching", e);
      hands.pause();
    }
  }

  private void fetchOnce() throws IOException, InterruptedException {
    long seen = hands.signals();
    if (fetcher.poll() > 0 || hands.room() == 0) {
      return;
    }
    if (idle.help() > 0) {
      return;
    }
    if (hands.all().isEmpty()) {
      idle.endWhenLonely();
    } else {
      idle.notYet();
    }
    fetcher.waitForMessages();
    hands.awaitSignal(seen, pollWait.plusSeconds(1));
  }
}
