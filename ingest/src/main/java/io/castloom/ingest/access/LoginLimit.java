package io.castloom.ingest.access;

import io.castloom.service.memory.Lru;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Slows down whoever tries tokens: after a number of wrong ones from an address within a minute,
 * that address has to wait for the minute to pass. Right ones cost nothing.
 */
public final class LoginLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 10_000;

  private final InstantSource clock;
  private final int wrongPerMinute;
  private final Map<String, Tries> byAddress = new Lru<>(MAX_ADDRESSES);

  private record Tries(Instant since, int wrong) {}

  /**
   * @param wrongPerMinute wrong tokens that an address may try in a minute, at least 1
   */
  public LoginLimit(InstantSource clock, int wrongPerMinute) {
    this.clock = clock;
    this.wrongPerMinute = wrongPerMinute;
  }

  /** How long this address has to wait before it may try again; zero when it need not. */
  public synchronized Duration wait(String address) {
    Tries tries = byAddress.get(address);
    if (tries == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), tries.since().plus(WINDOW));
    if (left.isNegative() || left.isZero()) {
      byAddress.remove(address);
      return Duration.ZERO;
    }
    return tries.wrong() < wrongPerMinute ? Duration.ZERO : left;
  }

  /** This address tried a wrong one. */
  public synchronized void wrong(String address) {
    byAddress.merge(
        address,
        new Tries(clock.instant(), 1),
        (before, now) -> new Tries(before.since(), before.wrong() + 1));
  }
}
