package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.FleetImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that rolls the fleet dies at a call, before or after it took effect, and another goes
 * on: at every call of every tick in which the roll launches, drains or begins.
 */
final class CrashedRollTest {

  private static final FleetImage NEXT = new FleetImage("2");
  private static final int MINIMUM = 2;
  private static final int ROLL_AT = 18;
  private static final int TICKS = 400;

  /** What a tick of an undisturbed roll calls. */
  private final List<List<String>> course = new ArrayList<>();

  /**
   * @param at in which tick it dies; negative for none
   * @return the world in which the roll went on to its end
   */
  private ScalerWorld run(int at, int call, boolean after, String next) throws IOException {
    ScalerWorld world = new ScalerWorld(Duration.ofSeconds(40), _ -> true);
    Calls calls = new Calls();
    Autoscaler scaler = world.scaler("a", calls);
    for (int tick = 0; tick < TICKS && !(tick > ROLL_AT && world.rolled()); tick++) {
      if (tick == 1) {
        world.minimum(MINIMUM);
      } else if (tick == ROLL_AT) {
        world.roll(NEXT);
      } else if (tick > ROLL_AT && tick % 12 == 0) {
        world.submit(2); // so that there is something for a canary to do, whenever it comes
      }
      calls.disarm();
      if (tick == at) {
        calls.arm(
            call,
            after,
            () -> {
              throw new Calls.Crash();
            });
      }
      try {
        scaler.runOnce();
      } catch (Calls.Crash e) {
        scaler = world.scaler(next, calls);
      }
      if (at < 0) {
        course.add(calls.made());
      }
      world.pass();
    }
    return world;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void a_crash_at_any_call_leaves_a_roll_that_ends_within_the_limits(String next)
      throws IOException {
    ScalerWorld undisturbed = run(-1, 0, false, next);
    assertThat(undisturbed.rolled()).isTrue();
    int launched = undisturbed.launched();
    assertThat(launched).isEqualTo(2 * MINIMUM);
    Set<Integer> matter = new TreeSet<>(Set.of(ROLL_AT));
    for (int tick = ROLL_AT; tick < course.size(); tick++) {
      List<String> calls = course.get(tick);
      if (calls.contains("Fleet.launch") || calls.contains("ControlChannel.send")) {
        matter.add(tick);
      }
    }
    assertThat(matter).hasSizeGreaterThan(MINIMUM);
    int tried = 0;
    for (int tick : matter) {
      for (int call = 0; call < course.get(tick).size(); call++) {
        for (boolean after : new boolean[] {false, true}) {
          ScalerWorld world = run(tick, call, after, next);
          String where =
              "tick %d, %s call %d, %s"
                  .formatted(tick, after ? "after" : "before", call, course.get(tick).get(call));
          assertThat(world.rolled()).as("rolled: " + where).isTrue();
          assertThat(world.busyKilled()).as("busy killed: " + where).isZero();
          assertThat(world.mostAtOnce()).as(where).isLessThanOrEqualTo(ScalerWorld.MAX);
          // a drain that was kept and not sent may be made good by the planner: one more boot
          assertThat(world.launched()).as("launched: " + where).isLessThanOrEqualTo(launched + 1);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(100);
  }
}
