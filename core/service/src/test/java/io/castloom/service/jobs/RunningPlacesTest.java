package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class RunningPlacesTest {

  private static final AccountId SMALL = new AccountId("small");

  private final World world = new World();

  private RunningPlaces another() {
    return new RunningPlaces(
        world.store,
        account -> world.limits.getOrDefault(account, RunningPlaces.UNLIMITED),
        world.clock);
  }

  private static RunningPlaces.Place granted(RunningPlaces.Claim claim) {
    assertThat(claim).isInstanceOf(RunningPlaces.Claim.Granted.class);
    return ((RunningPlaces.Claim.Granted) claim).place();
  }

  @Test
  void an_account_without_a_limit_costs_no_call() throws IOException {
    assertThat(world.places.claim(SMALL)).isInstanceOf(RunningPlaces.Claim.Unlimited.class);
    assertThat(world.places.use(SMALL)).isEmpty();
    assertThat(world.store.list("", "", 10).objects()).isEmpty();
  }

  @Test
  void two_instances_together_run_no_more_than_the_limit() throws IOException {
    world.limits.put(SMALL, 2);
    RunningPlaces there = another();
    RunningPlaces.Place first = granted(world.places.claim(SMALL));
    granted(there.claim(SMALL));
    assertThat(there.claim(SMALL)).isEqualTo(new RunningPlaces.Claim.Full(2));
    assertThat(world.places.claim(SMALL)).isEqualTo(new RunningPlaces.Claim.Full(2));
    world.places.giveUp(first);
    world.clock.advance(Duration.ofSeconds(1));
    granted(there.claim(SMALL));
    assertThat(there.use(SMALL)).contains(new RunningPlaces.Use(2, 2));
  }

  @Test
  void of_fifty_racers_for_five_places_never_more_than_five_run() throws Exception {
    world.limits.put(SMALL, 5);
    List<Callable<RunningPlaces.Claim>> racers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      RunningPlaces one = another();
      racers.add(() -> one.claim(SMALL));
    }
    int granted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<RunningPlaces.Claim> claim : threads.invokeAll(racers)) {
        granted += claim.get() instanceof RunningPlaces.Claim.Granted ? 1 : 0;
      }
    }
    assertThat(granted).isBetween(1, 5);
    assertThat(world.places.use(SMALL).orElseThrow().running()).isEqualTo(granted);
  }

  @Test
  void the_place_of_a_dead_instance_is_free_after_its_lease() throws IOException {
    world.limits.put(SMALL, 1);
    RunningPlaces.Place dead = granted(another().claim(SMALL));
    world.clock.advance(Duration.ofMinutes(2));
    assertThat(world.places.claim(SMALL)).isInstanceOf(RunningPlaces.Claim.Full.class);
    world.clock.advance(Duration.ofSeconds(20));
    granted(world.places.claim(SMALL));
    another().giveUp(dead);
    assertThat(world.places.use(SMALL)).contains(new RunningPlaces.Use(1, 1));
  }

  @Test
  void a_renewed_place_is_held_on() throws IOException {
    world.limits.put(SMALL, 1);
    RunningPlaces.Place long_ = granted(world.places.claim(SMALL));
    for (int i = 0; i < 5; i++) {
      world.clock.advance(Duration.ofSeconds(50));
      world.places.renew(long_);
      assertThat(another().claim(SMALL)).isInstanceOf(RunningPlaces.Claim.Full.class);
    }
    world.places.giveUp(long_);
    granted(another().claim(SMALL));
  }

  @Test
  void a_place_is_due_for_renewal_well_before_its_lease_ends() throws IOException {
    world.limits.put(SMALL, 1);
    RunningPlaces.Place place = granted(world.places.claim(SMALL));
    assertThat(world.places.isDue(place)).isFalse();
    world.clock.advance(RunningPlaces.RENEW_EVERY);
    assertThat(world.places.isDue(place)).isTrue();
    world.places.renew(place);
    assertThat(world.places.isDue(place)).isFalse();
  }

  @Test
  void a_limited_account_has_no_more_messages_than_it_may_run() throws IOException {
    world.slots = 20;
    world.limits.put(SMALL, 3);
    for (int i = 0; i < 10; i++) {
      world.submit("small", i + ".wav", Priority.NORMAL, "mp3-128");
      world.submit("large", i + ".wav", Priority.NORMAL, "mp3-128");
    }
    assertThat(world.waiting(World.NORMAL).stream().filter(PendingTask::held))
        .hasSize(7)
        .allMatch(task -> task.account().equals(SMALL));
  }
}
