package io.castloom.assembler.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.Pictures;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.tasks.TaskHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed follows its documents within a look of the watch, not with the next night. */
final class FeedFollowsTest {
  private final NightHouse house = new NightHouse(Instant.parse("2026-11-10T02:00:00Z"));
  private final NightDesk desk = house.desk("a", house.store);
  private final TalkShow talk = new TalkShow(house);

  @BeforeEach
  void a_night_was_done() throws Exception {
    talk.month(YearMonth.of(2026, 11));
    desk.tick();
    house.work();
    look(Duration.ofSeconds(10));
    assertThat(feed()).contains("castloom:talk:one", "castloom:talk:two");
  }

  @Test
  void an_episode_that_is_withdrawn_or_deleted_leaves_the_feed_at_once() throws Exception {
    talk.episode("one", LocalDate.of(2026, 11, 1), "withdrawn");
    look(Duration.ofSeconds(10));
    assertThat(feed()).doesNotContain("castloom:talk:one").contains("castloom:talk:two");

    house.delete(new DocumentKey.OfEpisode("talk", "two"));
    look(Duration.ofSeconds(10));
    assertThat(feed()).doesNotContain("castloom:talk:two").contains("castloom:talk:three");
  }

  @Test
  void the_files_of_an_episode_that_is_withdrawn_or_deleted_are_gone_at_once_and_swept_later()
      throws Exception {
    String one = key("one");
    String two = key("two");
    house.clock.advance(Duration.ofSeconds(1));
    talk.episode("one", LocalDate.of(2026, 11, 1), "withdrawn");
    house.delete(new DocumentKey.OfEpisode("talk", "two"));

    assertThat(house.versions.find("talk", "one").current()).isEmpty();
    assertThat(house.versions.find("talk", "two").current()).isEmpty();
    assertThat(house.versions.find("talk", "three").current()).isNotEmpty();
    assertThat(house.files.head(one)).isPresent(); // who is in the middle of it hears its end
    VersionSweeper sweeper = house.sweeper(Duration.ofDays(3));
    sweeper.sweep(house.clock.instant().plus(Duration.ofDays(4)));
    assertThat(house.files.head(one)).isEmpty();
    assertThat(house.files.head(two)).isEmpty();
    assertThat(house.files.head(key("three"))).isPresent();
  }

  @Test
  void an_episode_that_is_taken_back_before_or_while_it_is_assembled_stays_off_its_address()
      throws Exception {
    look(Duration.ofDays(1));
    List<Job> ordered = house.open();
    assertThat(ordered).extracting(job -> episode(job)).contains("one", "two", "three");
    talk.episode("one", LocalDate.of(2026, 11, 1), "withdrawn");
    TaskHandler assembler = house.assembler(house.store, house.files);
    for (Job job : ordered) {
      Task task = JobFlow.of(job, Map.of()).ready(house.clock.instant()).getFirst();
      TaskOutcome outcome =
          assembler.handle(
              task,
              NightHouse.context(
                  () -> {
                    if (episode(job).equals("two")) {
                      takeBackTwo();
                    }
                    return true;
                  }));
      assertThat(outcome instanceof TaskOutcome.Produced)
          .as("%s: %s", episode(job), outcome)
          .isEqualTo(episode(job).equals("three"));
    }
    assertThat(house.versions.find("talk", "one").current()).isEmpty();
    assertThat(house.versions.find("talk", "two").current()).isEmpty();
    assertThat(house.versions.find("talk", "three").current()).isNotEmpty();
  }

  private static String episode(Job job) {
    return Objects.requireNonNull(job.assembly()).episode();
  }

  private void takeBackTwo() {
    try {
      house.delete(new DocumentKey.OfEpisode("talk", "two"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_page_that_a_shorter_feed_does_not_need_is_emptied_and_filled_again_when_it_does()
      throws Exception {
    for (int i = 1; i < 9; i++) {
      talk.episode("e" + i, LocalDate.of(2026, 11, 1).plusDays(i), "published");
    }
    look(Duration.ofDays(1));
    house.work();
    look(Duration.ofSeconds(10));
    assertThat(new String(bytes("feeds/talk/2.xml"), UTF_8)).contains("castloom:talk:");

    talk.episode("e1", LocalDate.of(2026, 11, 2), "withdrawn");
    look(Duration.ofSeconds(10));
    assertThat(bytes("feeds/talk/2.xml")).isEmpty();
    assertThat(feed()).doesNotContain("castloom:talk:e1<", "rel=\"next\"");

    talk.episode("e1", LocalDate.of(2026, 11, 2), "published");
    look(Duration.ofDays(1));
    house.work();
    look(Duration.ofSeconds(10));
    assertThat(feed()).contains("rel=\"next\"");
    assertThat(new String(bytes("feeds/talk/2.xml"), UTF_8)).contains("castloom:talk:");
  }

  private String key(String episode) throws IOException {
    return house.versions.find("talk", episode).current().values().iterator().next().key();
  }

  @Test
  void an_episode_comes_into_the_feed_at_the_hour_of_its_publication() throws Exception {
    talk.episode("one", LocalDate.of(2026, 11, 11), "published"); // 23:00 of today in UTC
    look(Duration.ofSeconds(10));
    assertThat(feed()).doesNotContain("castloom:talk:one");

    house.clock.set(Instant.parse("2026-11-10T22:59:50Z"));
    look(Duration.ofSeconds(5));
    assertThat(feed()).doesNotContain("castloom:talk:one");

    look(Duration.ofSeconds(10));
    assertThat(feed()).contains("castloom:talk:one");
    look(Duration.ofSeconds(10));
    assertThat(house.store.list("nightly/asked/", "", 100).objects()).isEmpty();
  }

  @Test
  void an_assembler_that_dies_at_any_write_leaves_the_feed_to_the_next_one() throws Exception {
    boolean whole = false;
    for (int writes = 1; !whole; writes++) {
      String episode = "one " + writes;
      talk.titled("one", LocalDate.of(2026, 11, 1), episode);
      AtomicInteger left = new AtomicInteger(writes);
      NightDesk mortal =
          house.desk("m", new MortalStore(house.store, left), new MortalStore(house.files, left));
      house.clock.advance(Duration.ofSeconds(10));
      try {
        mortal.tick();
        whole = left.get() > 0;
      } catch (IOException killed) {
        whole = false;
      }
      look(Duration.ofSeconds(10));
      assertThat(feed()).contains(episode);
    }
    assertThat(house.store.list("nightly/asked/", "", 100).objects()).isEmpty();
  }

  @Test
  void a_feed_that_cannot_be_written_is_asked_for_still_and_holds_up_no_night() throws Exception {
    talk.titled("one", LocalDate.of(2026, 11, 1), "Another name");
    house.clock.set(Instant.parse("2026-11-11T02:00:00Z"));
    NightDesk full =
        house.desk("b", house.store, new MortalStore(house.files, new AtomicInteger(0)));
    full.tick();
    assertThat(feed()).doesNotContain("Another name");
    assertThat(house.run(LocalDate.of(2026, 11, 11), "talk")).isPresent();

    look(Duration.ofSeconds(10));
    assertThat(feed()).contains("Another name");
  }

  @Test
  void a_document_that_is_applied_once_more_asks_once_more_for_its_feed() throws Exception {
    house.store.deleteAll(asked());
    talk.titled("one", LocalDate.of(2026, 11, 1), "Another name");
    house.store.deleteAll(asked()); // as if its process had died before it asked
    talk.titled("one", LocalDate.of(2026, 11, 1), "Another name");
    look(Duration.ofSeconds(10));
    assertThat(feed()).contains("Another name");
  }

  @Test
  void a_cover_that_was_stored_stands_in_the_feed_by_its_public_address() throws Exception {
    byte[] square = Pictures.png(1_400, 1_400);
    byte[] other = Pictures.jpeg(1_400, 1_400, 3);
    talk.cover(square);
    talk.cover("one", LocalDate.of(2026, 11, 1), other);
    look(Duration.ofSeconds(10));

    String shows = "covers/talk/" + Sha256.of(square) + ".png";
    String ones = "covers/talk/" + Sha256.of(other) + ".jpg";
    assertThat(feed())
        .contains("<itunes:image href=\"https://example.org/" + shows)
        .containsOnlyOnce("<itunes:image href=\"https://example.org/" + ones);
    assertThat(bytes(shows)).isEqualTo(square);
    assertThat(bytes(ones)).isEqualTo(other);
    assertThat(house.files.head(ones).orElseThrow().contentType()).isEqualTo("image/jpeg");
  }

  private List<String> asked() throws IOException {
    return house.store.list("nightly/asked/", "", 100).objects().stream()
        .map(ObjectInfo::key)
        .toList();
  }

  private void look(Duration later) throws IOException {
    house.clock.advance(later);
    desk.tick();
  }

  private String feed() throws IOException {
    return new String(bytes("feeds/talk.xml"), UTF_8);
  }

  private byte[] bytes(String key) throws IOException {
    try (ObjectContent content = house.files.get(key, null)) {
      return content.stream().readAllBytes();
    }
  }
}
