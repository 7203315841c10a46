package io.castloom.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until a test moves it. Safe for several threads. */
public final class ManualClock implements InstantSource {

  private final AtomicReference<Instant> now;

  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /** Stands at noon of 2026-11-25, UTC. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves it, also backwards. */
  public void advance(Duration step) {
    now.updateAndGet(before -> before.plus(step));
  }

  public void set(Instant instant) {
    now.set(instant);
  }
}
