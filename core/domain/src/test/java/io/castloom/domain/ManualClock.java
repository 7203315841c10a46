package io.castloom.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it. Safe for several threads. */
public final class ManualClock implements InstantSource {

  private Instant now;

  public ManualClock(Instant start) {
    now = start;
  }

  /** Stands at noon of 2026-11-25, UTC. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves it, also backwards. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }
}
