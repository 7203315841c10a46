package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The autoscaler dies, is cut off or is held up at every single call that it makes in the ticks
 * that matter: the first, those that launch or drain, the one after a launch, the janitor's.
 */
final class CrashedScalerTest {

  private static final int TICKS = 240;

  /** What a run without any fault does. */
  private record Course(List<List<String>> calls, Set<Integer> ticksThatMatter) {}

  private static ScalerWorld world(int tasks) throws IOException {
    ScalerWorld world = new ScalerWorld(Duration.ofMinutes(4), _ -> true);
    world.submit(tasks);
    return world;
  }

  private static Course course(int tasks) throws IOException {
    ScalerWorld world = world(tasks);
    Calls calls = new Calls();
    Autoscaler scaler = world.scaler("a", calls);
    List<List<String>> made = new ArrayList<>();
    Set<Integer> matter = new TreeSet<>(Set.of(0));
    for (int tick = 0; tick < TICKS && !world.atRest(); tick++) {
      calls.disarm();
      Decision decision = scaler.runOnce().orElseThrow();
      made.add(calls.made());
      if (decision.launches() > 0) {
        matter.addAll(Set.of(tick, tick + 1));
      }
      if (calls.made().contains("ControlChannel.send")) {
        matter.add(tick);
      }
      world.pass();
    }
    assertThat(world.atRest()).isTrue();
    matter.removeIf(tick -> tick >= made.size());
    return new Course(made, matter);
  }

  /** What happens to the autoscaler at a call, and who goes on after it. */
  private interface Fate {
    /** What is thrown or done there. */
    Calls.Event event(ScalerWorld world);

    /** The name of the process that goes on. */
    String next();
  }

  private static Fate crash(String next) {
    return new Fate() {
      @Override
      public Calls.Event event(ScalerWorld world) {
        return () -> {
          throw new Calls.Crash();
        };
      }

      @Override
      public String next() {
        return next;
      }
    };
  }

  /** Its last act, whatever it was, leaves a document that nobody can read. */
  private static Fate crashThatSpoils(String key) {
    return new Fate() {
      @Override
      public Calls.Event event(ScalerWorld world) {
        return () -> {
          world.spoil(key);
          throw new Calls.Crash();
        };
      }

      @Override
      public String next() {
        return "b";
      }
    };
  }

  private static final Fate CUT_OFF =
      new Fate() {
        @Override
        public Calls.Event event(ScalerWorld world) {
          return () -> {
            throw new IOException("the network is cut");
          };
        }

        @Override
        public String next() {
          return "a";
        }
      };

  /** It stands still in the middle of a call until another has taken over and acted. */
  private static final Fate HELD_UP = heldUp(_ -> {});

  private static final Fate HELD_UP_AND_SPOILT = heldUp(world -> world.spoil(LaunchNotes.KEY));

  private interface Mishap {
    void happen(ScalerWorld world) throws IOException;
  }

  private static Fate heldUp(Mishap mishap) {
    return new Fate() {
      @Override
      public Calls.Event event(ScalerWorld world) {
        Autoscaler other = world.scaler("b", new Calls());
        return () -> {
          mishap.happen(world);
          for (int i = 0; i < 8; i++) {
            other.runOnce();
            world.pass();
          }
        };
      }

      @Override
      public String next() {
        return "a";
      }
    };
  }

  private static ScalerWorld run(int tasks, int at, int call, boolean after, Fate fate)
      throws IOException {
    ScalerWorld world = world(tasks);
    Calls calls = new Calls();
    Autoscaler scaler = world.scaler("a", calls);
    for (int tick = 0; tick < TICKS && !world.atRest(); tick++) {
      calls.disarm();
      if (tick == at) {
        calls.arm(call, after, fate.event(world));
      }
      try {
        scaler.runOnce();
      } catch (Calls.Crash e) {
        scaler = world.scaler(fate.next(), calls);
      } catch (IOException _) {
        // as the loop does: it goes on with the next tick
      }
      world.pass();
    }
    return world;
  }

  private static void atEveryCall(int tasks, int mostLaunched, Fate fate) throws IOException {
    Course course = course(tasks);
    int tried = 0;
    for (int tick : course.ticksThatMatter()) {
      List<String> calls = course.calls().get(tick);
      for (int call = 0; call < calls.size(); call++) {
        for (boolean after : new boolean[] {false, true}) {
          ScalerWorld world = run(tasks, tick, call, after, fate);
          String where =
              "tick %d, %s call %d, %s"
                  .formatted(tick, after ? "after" : "before", call, calls.get(call));
          assertThat(world.atRest()).as("all done and ended: " + where).isTrue();
          assertThat(world.mostAtOnce()).as(where).isLessThanOrEqualTo(ScalerWorld.MAX);
          assertThat(world.busyKilled()).as("busy killed: " + where).isZero();
          assertThat(world.launched()).as("launched: " + where).isLessThanOrEqualTo(mostLaunched);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(150);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void a_crash_at_any_call_launches_nothing_twice(String next) throws IOException {
    atEveryCall(1, 1, crash(next));
  }

  @Test
  void a_crash_at_any_call_in_a_burst_exceeds_no_limit() throws IOException {
    atEveryCall(4, 6, crash("b"));
  }

  @Test
  void a_cut_line_at_any_call_launches_nothing_twice() throws IOException {
    atEveryCall(1, 1, CUT_OFF);
  }

  @Test
  void two_leaders_for_a_moment_launch_once_for_one_need() throws IOException {
    atEveryCall(1, 1, HELD_UP);
  }

  @Test
  void two_leaders_for_a_moment_exceed_no_limit_in_a_burst() throws IOException {
    atEveryCall(4, 6, HELD_UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleet/launches.json", "fleet/leader.json"})
  void a_crash_at_any_call_that_spoils_a_document_launches_nothing_twice(String key)
      throws IOException {
    atEveryCall(1, 1, crashThatSpoils(key));
  }

  @Test
  void two_leaders_over_spoilt_launches_launch_once_for_one_need() throws IOException {
    atEveryCall(1, 1, HELD_UP_AND_SPOILT);
  }

  @Test
  void two_leaders_over_spoilt_launches_exceed_no_limit_in_a_burst() throws IOException {
    atEveryCall(4, 6, HELD_UP_AND_SPOILT);
  }

  @Test
  void with_every_second_boot_failing_everything_is_started_within_the_limits() throws IOException {
    ScalerWorld world =
        new ScalerWorld(
            Duration.ofMinutes(2),
            id -> Long.parseUnsignedLong(id.value().substring(2), 16) % 2 == 0);
    world.submit(9);
    Autoscaler scaler = world.scaler("a", new Calls());
    for (int tick = 0; tick < 1_000 && !world.atRest(); tick++) {
      scaler.runOnce();
      world.pass();
    }
    assertThat(world.atRest()).isTrue();
    assertThat(world.busyKilled()).isZero();
    assertThat(world.mostAtOnce()).isLessThanOrEqualTo(ScalerWorld.MAX);
  }
}
