package io.castloom.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.castloom.domain.job.TaskKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Fleet} keeps of its promises. */
public abstract class FleetContract {

  private String token = "";

  @BeforeEach
  void take_a_new_token() {
    token = "7-" + UUID.randomUUID();
  }

  /** The same fleet all through a test. */
  protected abstract Fleet fleet();

  /** Lets time pass, here or really: about this long. */
  protected abstract void pass(Duration time);

  /** Whether the fleet knows the spot market. */
  protected boolean knowsSpot() {
    return true;
  }

  private LaunchRequest request(String name, TaskKind kind, int count, double spotShare) {
    return new LaunchRequest(token + name, kind, count, List.of(), spotShare);
  }

  private List<Instance> launch(LaunchRequest request) throws IOException {
    LaunchOutcome outcome = fleet().launch(request);
    assertThat(outcome).isInstanceOf(LaunchOutcome.Launched.class);
    return outcome instanceof LaunchOutcome.Launched(var instances, _) ? instances : List.of();
  }

  private List<Instance> mine() throws IOException {
    return fleet().list().stream()
        .filter(i -> i.tags().getOrDefault(Instance.LAUNCH_TOKEN, "").startsWith(token))
        .toList();
  }

  private void await(Predicate<List<Instance>> wanted) throws IOException {
    for (int i = 0; i < 200; i++) {
      if (wanted.test(mine())) {
        return;
      }
      pass(Duration.ofMillis(100));
    }
    List<Instance> last = mine();
    assertThat(wanted.test(last)).as("%s", last).isTrue();
  }

  private static Predicate<List<Instance>> all(InstanceState... states) {
    Set<InstanceState> wanted = Set.copyOf(Arrays.asList(states));
    return instances -> instances.stream().allMatch(i -> wanted.contains(i.state()));
  }

  @AfterEach
  void end_what_was_launched() throws IOException {
    fleet().terminate(mine().stream().map(Instance::id).toList());
    await(all(InstanceState.GONE));
  }

  @Test
  void what_was_launched_runs_and_is_listed_with_its_kind_and_token() throws Exception {
    List<Instance> launched = launch(request("", TaskKind.TRANSCODE, 2, 0));
    assertThat(launched).hasSize(2).extracting(Instance::id).doesNotHaveDuplicates();
    await(found -> found.size() == 2 && all(InstanceState.RUNNING).test(found));
    for (Instance instance : mine()) {
      assertThat(instance.kind()).isEqualTo(TaskKind.TRANSCODE);
      assertThat(instance.market()).isEqualTo(Market.ON_DEMAND);
      assertThat(instance.tags()).containsEntry(Instance.LAUNCH_TOKEN, token);
      assertThat(instance.type()).isNotBlank();
    }
    assertThat(mine())
        .extracting(Instance::id)
        .hasSameElementsAs(launched.stream().map(Instance::id).toList());
  }

  @Test
  void one_token_launches_once() throws Exception {
    List<Instance> first = launch(request("", TaskKind.ASSEMBLY, 2, 0));
    List<Instance> again = launch(request("", TaskKind.ASSEMBLY, 2, 0));
    assertThat(again)
        .extracting(Instance::id)
        .hasSameElementsAs(first.stream().map(Instance::id).toList());
    List<Instance> other = launch(request("-b", TaskKind.TRANSCODE, 1, 0));
    assertThat(other).hasSize(1).doesNotContainAnyElementsOf(first);
    await(found -> found.size() == 3);
    assertThat(mine()).extracting(Instance::kind).contains(TaskKind.ASSEMBLY, TaskKind.TRANSCODE);
  }

  @Test
  void a_token_whose_instances_have_ended_launches_nothing_again() throws Exception {
    List<Instance> first = launch(request("", TaskKind.TRANSCODE, 1, 0));
    fleet().terminate(first.stream().map(Instance::id).toList());
    await(all(InstanceState.GONE));
    launch(request("", TaskKind.TRANSCODE, 1, 0));
    await(all(InstanceState.GONE));
  }

  @Test
  void what_is_terminated_goes_and_the_rest_stays() throws Exception {
    List<Instance> launched = launch(request("", TaskKind.TRANSCODE, 3, 0));
    InstanceId first = launched.getFirst().id();
    fleet().terminate(List.of(first, new InstanceId("i-00000000000000000")));
    fleet().terminate(List.of(first));
    fleet().terminate(List.of());
    await(
        found ->
            found.stream().filter(i -> i.state() == InstanceState.RUNNING).count() == 2
                && found.stream()
                    .filter(i -> i.id().equals(first))
                    .allMatch(i -> i.state() == InstanceState.GONE));
  }

  /** An image that the fleet can launch from besides its usual one. */
  protected FleetImage otherImage() {
    return new FleetImage("1");
  }

  @Test
  void instances_tell_what_they_were_launched_from() throws Exception {
    launch(new LaunchRequest(token, TaskKind.TRANSCODE, 1, List.of(), 0, otherImage()));
    await(found -> found.size() == 1);
    assertThat(mine()).extracting(FleetImage::of).containsExactly(otherImage());
  }

  @Test
  void a_share_may_be_spot() throws Exception {
    assumeTrue(knowsSpot(), "this fleet has no spot market");
    assertThat(launch(request("", TaskKind.TRANSCODE, 4, 0.5)))
        .extracting(Instance::market)
        .containsExactlyInAnyOrder(Market.SPOT, Market.SPOT, Market.ON_DEMAND, Market.ON_DEMAND);
  }
}
