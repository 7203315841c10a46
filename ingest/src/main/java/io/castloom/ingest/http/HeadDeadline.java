package io.castloom.ingest.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which the head of a request, or what comes before it when it is encrypted,
 * drips in. Jetty limits only how long a connection may be idle, which a line a second never is. An
 * idle connection between two requests is left to that limit.
 */
final class HeadDeadline extends AbstractLifeCycle implements Runnable {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final ServerConnector connector;
  private final long patienceNanos;
  private final long stepMillis;
  private Map<EndPoint, Mark> marks = new HashMap<>();
  private Scheduler.@Nullable Task next;

  /**
   * How far a connection was when it was last known not to wait for the rest of a head.
   *
   * @param requests that had come
   * @param bytes that had come
   * @param since when first more bytes than those were seen; {@link #NOT_YET} before
   */
  private record Mark(long requests, long bytes, long since) {}

  /**
   * @param patience from the first bytes of a head to its last
   */
  HeadDeadline(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patienceNanos = patience.toNanos();
    this.stepMillis = Math.clamp(patience.toMillis() / 10, 50, 2_000);
  }

  @Override
  protected void doStart() {
    again();
  }

  @Override
  protected void doStop() {
    Scheduler.Task waiting = next;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  private void again() {
    next = connector.getScheduler().schedule(this, stepMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    Map<EndPoint, Mark> seen = new HashMap<>();
    for (EndPoint end : connector.getConnectedEndPoints()) {
      Connection outer = end.getConnection();
      HttpConnection http = http(outer);
      if (outer != null && http != null) {
        Mark mark = look(marks.get(end), http, outer.getBytesIn(), now);
        if (mark.since != NOT_YET && now - mark.since > patienceNanos) {
          end.close(new TimeoutException("the head of a request did not come in time"));
        } else {
          seen.put(end, mark);
        }
      }
    }
    marks = seen;
    if (isRunning() || isStarting()) {
      again();
    }
  }

  private static Mark look(@Nullable Mark before, HttpConnection http, long bytes, long now) {
    long requests = http.getMessagesIn();
    HttpParser.State state = http.getParser().getState();
    if (state.compareTo(HttpParser.State.CONTENT) >= 0) {
      return new Mark(requests, bytes, NOT_YET); // a request is being answered
    }
    Mark mark = before;
    if (mark == null || mark.requests != requests) {
      mark = new Mark(requests, requests == 0 ? 0 : bytes, NOT_YET);
    }
    return mark.since == NOT_YET && bytes > mark.bytes
        ? new Mark(mark.requests, mark.bytes, now)
        : mark;
  }

  /** What speaks HTTP on a connection; null when that is something else, or nothing any more. */
  private static @Nullable HttpConnection http(@Nullable Connection connection) {
    return switch (connection) {
      case HttpConnection http -> http;
      case SslConnection ssl -> http(ssl.getSslEndPoint().getConnection());
      case null, default -> null;
    };
  }
}
