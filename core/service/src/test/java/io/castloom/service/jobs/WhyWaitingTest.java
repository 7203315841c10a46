package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.Market;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WhyWaitingTest {

  private final World world = new World();

  private FleetStatus.Member member(String id, FleetStatus.State state, Instant launched) {
    return new FleetStatus.Member(
        new InstanceId(id),
        TaskKind.TRANSCODE,
        state,
        Market.ON_DEMAND,
        "process",
        1,
        launched,
        null,
        null,
        "",
        List.of());
  }

  private void publish(FleetStatus.Member... members) throws IOException {
    FleetStatus status =
        new FleetStatus(
            world.clock.instant(),
            "scaler-1",
            1,
            Duration.ofSeconds(60),
            List.of(members),
            Map.of(World.NORMAL, new FleetStatus.Waiting(3, Duration.ofSeconds(5), Duration.ZERO)),
            List.of());
    world.store.put(FleetStatus.KEY, Json.data(status), PutCondition.always());
    assertThat(Json.read(world.store, FleetStatus.KEY, FleetStatus.class)).isEqualTo(status);
  }

  @Test
  void it_counts_who_is_ahead_and_what_is_booting() throws IOException {
    publish(
        member("i-1", FleetStatus.State.BOOTING, world.clock.instant().minusSeconds(10)),
        member("i-2", FleetStatus.State.BOOTING, world.clock.instant().minusSeconds(10)));
    world.submit("other", "1.wav", Priority.NORMAL, "mp3-128");
    world.clock.advance(Duration.ofMillis(5));
    world.submit("demo", "2.wav", Priority.NORMAL, "mp3-128");
    world.clock.advance(Duration.ofMillis(5));
    world.submit("third", "3.wav", Priority.HIGH, "mp3-128");
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    world.clock.advance(Duration.ofSeconds(7));
    WhyWaiting.Answer answer = world.why().of(mine, JobFlow.of(mine, Map.of()));
    assertThat(answer.ownAhead()).isEqualTo(1);
    assertThat(answer.othersAhead()).isEqualTo(2);
    assertThat(answer.booting()).isEqualTo(2);
    assertThat(answer.expectedStart()).isAfter(world.clock.instant().plusSeconds(40));
    assertThat(answer.expectedEnd()).isAfter(answer.expectedStart());
    assertThat(answer.sentence())
        .startsWith("1 task of your account and 2 of others are ahead; 2 instances are booting")
        .contains("it should start in about");
  }

  @Test
  void it_says_when_the_account_runs_as_many_tasks_as_it_may() throws IOException {
    world.limits.put(Samples.DEMO, 1);
    assertThat(world.places.claim(Samples.DEMO)).isInstanceOf(RunningPlaces.Claim.Granted.class);
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    WhyWaiting.Answer answer = world.why().of(mine, JobFlow.of(mine, Map.of()));
    assertThat(answer.limit()).isEqualTo(new RunningPlaces.Use(1, 1));
    assertThat(answer.sentence()).contains("your account runs 1 task, as many as it may");
  }

  @Test
  void own_tasks_ahead_take_their_turns_in_the_accounts_places_however_large_the_fleet()
      throws IOException {
    FleetStatus.Member[] ten = new FleetStatus.Member[10];
    for (int i = 0; i < ten.length; i++) {
      ten[i] = member("i-" + i, FleetStatus.State.WORKING, world.clock.instant());
    }
    publish(ten);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      jobs.add(world.submit("demo", i + ".wav", Priority.NORMAL, "mp3-128"));
      world.clock.advance(Duration.ofMillis(1));
    }
    Job last = jobs.getLast();
    JobFlow flow = JobFlow.of(last, Map.of());
    Instant now = world.clock.instant();
    WhyWaiting.Answer free = world.why().of(last, flow);
    assertThat(free.expectedStart()).isEqualTo(now);

    world.limits.put(Samples.DEMO, 1);
    WhyWaiting.Answer limited = world.why().of(last, flow);
    Duration ahead =
        world.waiting(World.NORMAL).stream()
            .filter(task -> !task.task().job().equals(last.id()))
            .map(PendingTask::estimate)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(limited.ownAhead()).isPositive();
    assertThat(limited.expectedStart()).isEqualTo(now.plus(ahead));
    assertThat(limited.expectedEnd()).isAfter(free.expectedEnd());
  }

  @Test
  void who_asks_again_at_once_gets_the_same_count_of_running_tasks_without_a_listing()
      throws IOException {
    world.limits.put(Samples.DEMO, 2);
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    WhyWaiting why = world.why();
    JobFlow flow = JobFlow.of(mine, Map.of());
    assertThat(why.of(mine, flow).limit()).isEqualTo(new RunningPlaces.Use(2, 0));
    assertThat(world.places.claim(Samples.DEMO)).isInstanceOf(RunningPlaces.Claim.Granted.class);
    assertThat(why.of(mine, flow).limit()).isEqualTo(new RunningPlaces.Use(2, 0));
    world.clock.advance(Duration.ofMillis(2_001));
    assertThat(why.of(mine, flow).limit()).isEqualTo(new RunningPlaces.Use(2, 1));
  }

  @Test
  void with_no_fleet_it_says_that_one_will_be_launched() throws IOException {
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    WhyWaiting.Answer answer = world.why().of(mine, JobFlow.of(mine, Map.of()));
    assertThat(answer.sentence()).startsWith("nothing is ahead; no instance is up");
  }

  @Test
  void a_task_that_was_taken_a_moment_ago_does_not_wait_for_an_instance() throws IOException {
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    WhyWaiting why = world.why();
    JobFlow before = JobFlow.of(mine, Map.of());
    assertThat(why.of(mine, before).sentence()).contains("no instance is up");

    WhyWaiting.Answer taken = why.of(mine, JobFlow.of(mine, taken(before.plans().getFirst())));

    assertThat(taken.sentence()).startsWith("1 task of it at work").doesNotContain("no instance");
    assertThat(taken.waited()).isZero();
  }

  @Test
  void a_task_at_work_shows_that_an_instance_is_up_before_the_leader_tells() throws IOException {
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192", "aac-128");
    JobFlow before = JobFlow.of(mine, Map.of());
    WhyWaiting.Answer answer =
        world.why().of(mine, JobFlow.of(mine, taken(before.plans().getFirst())));
    assertThat(answer.sentence())
        .startsWith(
            "1 task of it at work, 1 waiting; nothing is ahead of the next; the next should");
    assertThat(answer.expectedStart())
        .isBefore(world.clock.instant().plus(before.plans().getFirst().estimate().plusSeconds(1)));
  }

  @Test
  void a_job_whose_next_tasks_wait_says_how_far_it_is() throws IOException {
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192", "aac-128");
    JobFlow.Plan first = JobFlow.of(mine, Map.of()).plans().getFirst();
    TaskRecord ended =
        new TaskRecord(first.id(), new AccountId("demo"), TaskState.DONE, 0, List.of(), List.of());
    WhyWaiting.Answer answer = world.why().of(mine, JobFlow.of(mine, Map.of(first.id(), ended)));
    assertThat(answer.sentence())
        .startsWith("1 task of it done, 1 waiting; nothing is ahead of the next; ")
        .contains("the next should start in about")
        .doesNotContain("it should start");
  }

  @Test
  void a_launch_is_seen_within_two_seconds() throws IOException {
    Job mine = world.submit("demo", "4.wav", Priority.NORMAL, "mp3-192");
    WhyWaiting why = world.why();
    JobFlow flow = JobFlow.of(mine, Map.of());
    assertThat(why.of(mine, flow).sentence()).contains("no instance is up");
    publish(member("i-1", FleetStatus.State.BOOTING, world.clock.instant()));
    world.clock.advance(Duration.ofMillis(2_001));
    assertThat(why.of(mine, flow).sentence()).contains("1 instance is booting");
  }

  private Map<TaskId, TaskRecord> taken(JobFlow.Plan plan) {
    Attempt attempt = new Attempt("i-1", "", world.clock.instant(), null, null, "", "");
    return Map.of(
        plan.id(),
        new TaskRecord(
            plan.id(), new AccountId("demo"), TaskState.RUNNING, 0, List.of(attempt), List.of()));
  }
}
