package io.castloom.domain.fleet;

import io.castloom.domain.job.TaskKind;
import java.util.List;
import java.util.Objects;

/**
 * Instances that are wanted.
 *
 * @param token names the decision, {@code <epoch>-<decision>}, 1 to 64 of {@code [a-z0-9-]}: asking
 *     twice with one token launches once
 * @param count 1 to 100
 * @param types acceptable types, the preferred first; empty leaves it to the fleet
 * @param spotShare the part that may be spot, 0 to 1; what spot cannot give is on-demand
 * @param image what they boot from
 */
public record LaunchRequest(
    String token,
    TaskKind kind,
    int count,
    List<String> types,
    double spotShare,
    FleetImage image) {

  /** Instances that boot as their launch template is set. */
  public LaunchRequest(
      String token, TaskKind kind, int count, List<String> types, double spotShare) {
    this(token, kind, count, types, spotShare, FleetImage.DEFAULT);
  }

  public LaunchRequest {
    Objects.requireNonNull(kind);
    image = Objects.requireNonNullElse(image, FleetImage.DEFAULT); // written before there were any
    types = List.copyOf(types);
    if (!token.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("not a launch token: \"" + token + "\"");
    }
    if (count < 1 || count > 100) {
      throw new IllegalArgumentException("launch count out of 1..100: " + count);
    }
    if (!(spotShare >= 0 && spotShare <= 1)) {
      throw new IllegalArgumentException("spot share out of 0..1: " + spotShare);
    }
  }
}
