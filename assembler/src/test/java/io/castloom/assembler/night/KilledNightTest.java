package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Placement;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.service.assembly.NightInsertions;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * An assembler that is killed after each of its writes in turn. Whoever goes on must come to the
 * very night that nobody disturbed: the same files, ads, counts and feed.
 */
class KilledNightTest {
  private static final YearMonth MONTH = YearMonth.of(2026, 10);
  private static final LocalDate NIGHT = MONTH.atDay(2);
  private static final Duration ABANDONED = Duration.ofMinutes(11);

  /** An MP3 of 14 MB, so that the store copies most of it part by part. */
  private static final int LONG = 900;

  /** All that listeners and advertisers see of a night. */
  private record Seen(
      Map<String, String> files,
      Map<String, Map<String, Placement>> ads,
      Map<String, Long> odd,
      Map<String, Long> even,
      List<Byte> feed) {}

  @Test
  void a_night_is_the_same_wherever_the_one_who_began_it_was_killed() throws Exception {
    Seen undisturbed = seen(end(evening(20)));
    int writes = 0;
    boolean survived = false;
    while (!survived) {
      writes++;
      NightHouse house = evening(20);
      survived =
          survives(
              house.desk("mortal", new MortalStore(house.store, new AtomicInteger(writes)))::tick);
      house.clock.advance(ABANDONED);

      assertThat(seen(end(house))).as("killed after %d writes", writes).isEqualTo(undisturbed);
    }
    assertThat(writes).as("writes of a night of three episodes").isGreaterThan(12);
  }

  @Test
  void a_night_is_the_same_wherever_the_one_who_assembled_was_killed() throws Exception {
    Seen undisturbed = seen(end(evening(LONG)));
    int writes = 0;
    boolean survived = false;
    while (!survived) {
      writes++;
      NightHouse house = evening(LONG);
      house.desk("a", house.store).tick();
      AtomicInteger life = new AtomicInteger(writes);
      TaskHandler mortal =
          house.assembler(new MortalStore(house.store, life), new MortalStore(house.files, life));
      Job job = house.open().getFirst();
      Task task = JobFlow.of(job, Map.of()).ready(house.clock.instant()).getFirst();
      survived =
          survives(
              () ->
                  assertThat(mortal.handle(task, NightHouse.context()))
                      .isInstanceOf(TaskOutcome.Produced.class));

      whole(house, "killed after " + writes + " writes");
      assertThat(seen(end(house))).as("killed after %d writes", writes).isEqualTo(undisturbed);
    }
    assertThat(writes).as("writes of an episode in parts").isGreaterThan(6);
  }

  private interface Deed {
    void done() throws IOException, InterruptedException;
  }

  private static boolean survives(Deed deed) throws InterruptedException {
    try {
      deed.done();
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("killed");
      return false;
    }
  }

  /** The evening before a night: three episodes that are published already. */
  private static NightHouse evening(int bodySeconds) throws Exception {
    NightHouse house =
        new NightHouse(MONTH.atDay(1).atTime(12, 0).atZone(TalkShow.BERLIN).toInstant());
    new TalkShow(house, bodySeconds).month(MONTH);
    end(house);
    house.clock.set(NIGHT.atTime(TalkShow.DROP).atZone(TalkShow.BERLIN).toInstant());
    return house;
  }

  private static NightHouse end(NightHouse house) throws Exception {
    NightDesk desk = house.desk("b", house.store);
    desk.tick();
    house.work();
    desk.tick();
    return house;
  }

  /** What is current at any moment is a file that is there as a whole. */
  private static void whole(NightHouse house, String when) throws IOException {
    for (String episode : List.of("one", "two", "three")) {
      EpisodeMedia media = house.versions.find("talk", episode);
      assertThat(media.current()).as(when).hasSize(1);
      for (MediaVersion version : media.current().values()) {
        assertThat(house.files.head(version.key()).map(ObjectInfo::sizeBytes))
            .contains(version.sizeBytes());
      }
    }
  }

  private static Seen seen(NightHouse house) throws IOException {
    NightRun run = house.run(NIGHT, "talk").orElseThrow();
    assertThat(run.state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(run.report().count(NightReport.Outcome.FAILED)).as(run.toString()).isZero();
    whole(house, "after the night");
    Map<String, String> files = new TreeMap<>();
    for (ObjectInfo info : house.files.list("media/", "", 1000).objects()) {
      files.put(info.key(), info.etag());
    }
    Map<String, Map<String, Placement>> ads = new TreeMap<>();
    for (String episode : List.of("one", "two", "three")) {
      ads.put(episode, house.versions.find("talk", episode).placements());
    }
    NightInsertions insertions = new NightInsertions(house.store);
    try (ObjectContent feed = house.files.get("feeds/talk.xml", null)) {
      byte[] bytes = feed.stream().readAllBytes();
      List<Byte> all = new ArrayList<>(bytes.length);
      for (byte b : bytes) {
        all.add(b);
      }
      return new Seen(
          files, ads, insertions.of("odd", NIGHT, NIGHT), insertions.of("even", NIGHT, NIGHT), all);
    }
  }
}
