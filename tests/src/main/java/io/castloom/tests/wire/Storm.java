package io.castloom.tests.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a share of the calls fail, with all their retries: the SDK marks the attempts of one call
 * with one {@code amz-sdk-invocation-id}, and each of them meets the same fate. So the callers see
 * the faults, which single failed attempts would hide from them. Calm until {@link #rage}.
 */
public final class Storm implements Weather {

  private static final Pattern CALL =
      Pattern.compile(
          "^amz-sdk-invocation-id: *(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Fate[] FAULTS = {Fate.UNAVAILABLE, Fate.RESET, Fate.ANSWER_LOST};

  private final double share;
  private final Random random;
  private final Map<String, Fate> fates = new HashMap<>();
  private boolean raging;

  /**
   * @param share of the calls that fail, 0 to 1
   */
  public Storm(double share, long seed) {
    this.share = share;
    this.random = new Random(seed);
  }

  /** From now on calls fail. */
  public synchronized void rage() {
    raging = true;
  }

  /** From now on no new call fails. */
  public synchronized void abate() {
    raging = false;
  }

  /** Calls so far while it raged. */
  public synchronized int calls() {
    return fates.size();
  }

  /** Calls so far that were made to fail. */
  public synchronized long failed() {
    return fates.values().stream().filter(fate -> fate != Fate.DELIVERED).count();
  }

  @Override
  public synchronized Fate of(String head) {
    Matcher call = CALL.matcher(head);
    if (!raging || !call.find()) {
      return Fate.DELIVERED;
    }
    return fates.computeIfAbsent(call.group(1), id -> draw());
  }

  private Fate draw() {
    return random.nextDouble() < share ? FAULTS[random.nextInt(FAULTS.length)] : Fate.DELIVERED;
  }
}
