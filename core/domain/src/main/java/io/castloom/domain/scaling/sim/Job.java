package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.Lane;
import java.util.Objects;

/**
 * One task of a trace.
 *
 * @param arrival seconds from the trace's start
 * @param service how long it really takes on an instance of speed 1, in seconds, above 0
 * @param estimate what is expected beforehand, in seconds; 0 when nobody knows
 * @param lane its queue
 */
public record Job(double arrival, double service, double estimate, Lane lane) {
  public Job {
    Objects.requireNonNull(lane, "lane");
    if (!(arrival >= 0) || !(service > 0) || !(estimate >= 0)) {
      throw new IllegalArgumentException(
          "a job arrives at 0 or later and takes more than 0 s: arrival "
              + arrival
              + ", service "
              + service
              + ", estimate "
              + estimate);
    }
  }
}
