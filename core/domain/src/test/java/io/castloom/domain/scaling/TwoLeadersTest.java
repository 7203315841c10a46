package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * For a moment there may be two leaders; the fleet's epoch and the launch tokens keep them from
 * doing harm.
 */
class TwoLeadersTest {
  /** What every fleet must do: refuse an older epoch, and launch once for each token. */
  private static final class FencedFleet {
    private final Set<String> launched = new HashSet<>();
    private long epoch;

    void obey(long leader, Decision decision) {
      if (leader < epoch) {
        return;
      }
      epoch = leader;
      for (Action action : decision.actions()) {
        if (action instanceof Action.Launch launch) {
          launched.add(launch.token());
        }
      }
    }
  }

  private static Scene scene(long epoch) {
    return new Scene().waiting(100, Scene.NORMAL, 170).settings("maxInstances", "12").epoch(epoch);
  }

  @Test
  void one_leader_that_decides_twice_launches_once() {
    FencedFleet fleet = new FencedFleet();
    fleet.obey(3, scene(3).decide());
    fleet.obey(3, scene(3).decide());
    assertThat(fleet.launched).hasSize(12);
  }

  @Test
  void the_deposed_leader_launches_nothing_and_the_maximum_holds() {
    FencedFleet fleet = new FencedFleet();
    Decision old = scene(3).decide();
    fleet.obey(4, scene(4).decide());
    fleet.obey(3, old);
    assertThat(fleet.launched).hasSize(12);
  }

  @Test
  void a_successor_that_sees_what_was_launched_before_it_stays_within_the_maximum() {
    FencedFleet fleet = new FencedFleet();
    fleet.obey(3, scene(3).decide());
    Scene next = scene(4);
    for (String token : fleet.launched) {
      next.pending("i-" + token, 1);
    }
    fleet.obey(4, next.decide());
    assertThat(fleet.launched).hasSize(12);
  }
}
