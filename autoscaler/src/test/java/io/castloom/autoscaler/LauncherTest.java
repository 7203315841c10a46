package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.ManualClock;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.SpoiltDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new leader asks again for. */
final class LauncherTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final List<String> asked = new ArrayList<>();
  private final List<String> spoilt = new ArrayList<>();

  private final Fleet fleet =
      new Fleet() {
        @Override
        public LaunchOutcome launch(LaunchRequest request) {
          asked.add(request.token());
          return new LaunchOutcome.Refused("not in this test");
        }

        @Override
        public List<Instance> list() {
          return List.of();
        }

        @Override
        public void terminate(List<InstanceId> instances) {}
      };

  private boolean firstLeads = true;

  private Launcher launcher(BooleanSupplier leads) {
    return new Launcher(
        new LaunchNotes(
            new LaunchNotes.Ground(store, new SpoiltDocuments(store, "fleet/", spoilt::add), leads),
            clock),
        fleet,
        new FleetBook(),
        clock);
  }

  private Launcher launcher() {
    return launcher(() -> true);
  }

  private void spoil(String content) throws IOException {
    store.put(
        LaunchNotes.KEY,
        ObjectData.of(content.getBytes(StandardCharsets.UTF_8), "application/json"),
        PutCondition.always());
  }

  private static List<LaunchRequest> request(String token) {
    return List.of(
        new LaunchRequest(token, TaskKind.TRANSCODE, 1, List.of("process"), 0, FleetImage.DEFAULT));
  }

  @Test
  void launches_of_several_ticks_are_asked_for_again_by_who_takes_over() throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    clock.advance(Duration.ofSeconds(10));
    first.launch(request("two"));
    asked.clear();

    Launcher second = launcher();
    second.begin(2);
    second.settle();

    assertThat(asked).containsExactly("one", "two");
    assertThat(first.launch(request("three")))
        .containsExactly("not launched: another autoscaler leads");
  }

  @Test
  void what_a_listing_must_show_by_now_is_not_asked_for_again() throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    clock.advance(LaunchNotes.DOUBT.minusSeconds(5));
    first.launch(request("two"));
    clock.advance(Duration.ofSeconds(10));
    asked.clear();

    Launcher second = launcher();
    second.begin(2);
    second.settle();

    assertThat(asked).containsExactly("two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "null", "[]", "{\"epoch\":1,\"made\":[{}]}"})
  void who_wrote_the_launches_last_writes_them_again_when_they_are_spoilt(String content)
      throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    spoil(content);
    assertThat(first.launch(request("two"))).containsExactly("refused: not in this test");
    assertThat(spoilt).containsExactly("launches");
    assertThat(store.list("fleet/spoilt/launches.json-", "", 10).objects()).hasSize(1);

    asked.clear();
    Launcher second = launcher();
    second.begin(2);
    second.settle();
    assertThat(asked).as("no launch is forgotten").containsExactly("one", "two");
  }

  @Test
  void an_old_document_that_was_put_back_is_written_again() throws IOException {
    launcher().begin(1);
    ObjectData old = old();
    Launcher second = launcher();
    second.begin(2);
    store.put(LaunchNotes.KEY, old, PutCondition.always());
    assertThat(second.launch(request("one"))).containsExactly("refused: not in this test");
    assertThat(launcher(() -> false).launch(request("none"))).first().asString().contains("leads");
  }

  private ObjectData old() throws IOException {
    try (ObjectContent content = store.get(LaunchNotes.KEY, null)) {
      return ObjectData.of(content.stream().readAllBytes(), "application/json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "lost"})
  void a_new_leader_that_cannot_know_launches_waits_until_the_list_shows_all(String content)
      throws IOException {
    Launcher first = launcher();
    first.begin(1);
    first.launch(request("one"));
    if (content.equals("lost")) {
      store.delete(LaunchNotes.KEY);
    } else {
      spoil(content);
    }
    asked.clear();
    Launcher second = launcher();
    second.begin(2);
    second.settle();
    clock.advance(LaunchNotes.DOUBT.dividedBy(2));
    assertThat(second.launch(request("two"))).first().asString().contains("may not show");

    Launcher third = launcher(); // the second died: what it waited for is not forgotten
    third.begin(3);
    clock.advance(LaunchNotes.DOUBT.dividedBy(2).minusSeconds(1));
    assertThat(third.launch(request("three"))).first().asString().contains("may not show");
    assertThat(asked).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    third.launch(request("three"));
    assertThat(asked).containsExactly("three");
  }

  @Test
  void a_former_leader_does_not_heal_what_the_next_one_has_not_seen_yet() throws IOException {
    Launcher first = launcher(() -> firstLeads);
    first.begin(1);
    spoil("");
    firstLeads = false; // it was held up, and the lease has gone
    assertThat(first.launch(request("one")))
        .containsExactly("not launched: another autoscaler leads");
    Launcher second = launcher();
    second.begin(2);
    firstLeads = true; // as it believes
    assertThat(first.launch(request("one")))
        .containsExactly("not launched: another autoscaler leads");
    assertThat(asked).isEmpty();
  }
}
