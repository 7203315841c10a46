package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the watch asks of the store while nothing happens, every ten seconds. */
final class QuietNightsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 10);
  private static final String KEY = NightRun.key(NIGHT, "talk");

  private final NightHouse house = new NightHouse(Instant.parse("2026-11-10T02:00:00Z"));
  private final List<String> read = new ArrayList<>();
  private final NightDesk desk = house.desk("a", counted());

  @BeforeEach
  void a_show() throws IOException {
    new TalkShow(house).month(YearMonth.of(2026, 11));
  }

  @Test
  void runs_that_ended_and_nights_without_one_are_not_read_at_every_look() throws Exception {
    desk.tick();
    house.work();
    desk.tick();
    assertThat(house.run(NIGHT, "talk").orElseThrow().state()).isEqualTo(NightRun.State.FINISHED);
    look(Duration.ofSeconds(10));
    read.clear();

    for (int i = 0; i < 50; i++) {
      look(Duration.ofSeconds(10));
    }

    // the run that ended not once in 500 s; the three nights without one once a minute each
    assertThat(read).doesNotContain(KEY);
    assertThat(runs()).hasSizeLessThanOrEqualTo(3 * 9);
  }

  @Test
  void only_one_of_many_open_jobs_is_asked_for_at_each_look() throws Exception {
    desk.tick();
    look(Duration.ofSeconds(10));
    read.clear();

    look(Duration.ofSeconds(10));

    assertThat(read.stream().filter(key -> key.contains("jobs/"))).hasSizeLessThanOrEqualTo(1);
    house.work();
    look(Duration.ofSeconds(10));
    assertThat(house.run(NIGHT, "talk").orElseThrow().state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(house.run(NIGHT, "talk").orElseThrow().report().lines()).hasSize(3);
  }

  @Test
  void a_run_that_another_one_took_up_again_and_left_is_taken_over() throws Exception {
    desk.tick();
    house.work();
    desk.tick();
    look(Duration.ofMinutes(1));
    Documents<NightRun> runs = new Documents<>(house.store, NightRun.class);
    Documents.Versioned<NightRun> ended = runs.find(KEY).orElseThrow();
    runs.replace(KEY, ended, ended.value().again(house.clock.instant(), "dead"));

    for (int i = 0; i < 21; i++) {
      look(Duration.ofMinutes(1));
    }

    assertThat(house.run(NIGHT, "talk").orElseThrow().by()).isEqualTo("a");
  }

  private void look(Duration later) throws IOException {
    house.clock.advance(later);
    desk.tick();
  }

  private List<String> runs() {
    return read.stream()
        .filter(key -> key.matches("nightly/\\d{4}-\\d\\d-\\d\\d/talk.json"))
        .toList();
  }

  private ObjectStore counted() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("get") || method.getName().equals("head")) {
                read.add((String) arguments[0]);
              }
              try {
                return method.invoke(house.store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
