package io.castloom.assembler.night;

import io.castloom.domain.job.Priority;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.announce.Announcements;
import io.castloom.service.announce.NightAnnouncement;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces a night a while before its first show begins, so that instances have booted when its
 * tasks come. It is planned as things stand then; what changes until it begins is seen by the night
 * itself.
 */
public final class NightHerald {
  private static final Logger LOG = LoggerFactory.getLogger(NightHerald.class);

  /** How long before: some boots, and short enough that editors are mostly done. */
  static final Duration AHEAD = Duration.ofHours(1);

  /** What an episode takes until a night has told better. */
  private static final double USUAL_SECONDS = 2;

  private final Announcements announcements;
  private final NightShows shows;
  private final NightPlanner planner;
  private final Documents<NightRun> runs;

  /**
   * @param store the private bucket
   */
  public NightHerald(ObjectStore store, NightShows shows, NightPlanner planner) {
    this.announcements = new Announcements(store);
    this.shows = shows;
    this.planner = planner;
    this.runs = new Documents<>(store, NightRun.class);
  }

  /**
   * Announces the nights that begin soon; of several assemblers' announcements the first stands.
   */
  public void tick(Instant now) throws IOException {
    Map<LocalDate, List<Show>> soon = new TreeMap<>();
    for (Show show : shows.all()) {
      LocalDate next = Nights.current(now, show.dropTime(), show.zone()).plusDays(1);
      if (!begins(next, show).isAfter(now.plus(AHEAD))) {
        soon.computeIfAbsent(next, _ -> new ArrayList<>()).add(show);
      }
    }
    for (LocalDate night : soon.keySet()) {
      if (!announcements.has(night)) {
        announce(night, now);
      }
    }
  }

  /** All shows of the date at once: it is one plan, and later shows are so known the earlier. */
  private void announce(LocalDate night, Instant now) throws IOException {
    NightPlanner.Night planned = planner.plan(night, now);
    List<NightAnnouncement.Work> work = new ArrayList<>();
    int episodes = 0;
    for (Show show : shows.all()) {
      int tasks =
          (int)
              planner.verdicts(planned, show.id()).stream()
                  .filter(v -> v.decision() instanceof Candidate.Decision.Rebuild)
                  .count();
      Instant at = begins(night, show);
      if (tasks > 0 && at.isAfter(now)) {
        String lane = new WorkClass(TaskKind.ASSEMBLY, Priority.BULK).slug();
        work.add(
            new NightAnnouncement.Work(
                show.id(), lane, at, tasks, tasks * secondsLately(show, night)));
        episodes += tasks;
      }
    }
    if (announcements.announce(new NightAnnouncement(night, now, work))) {
      LOG.info("night {} announced: {} episodes of {} shows", night, episodes, work.size());
    }
  }

  private double secondsLately(Show show, LocalDate night) throws IOException {
    NightReport last =
        runs.find(NightRun.key(night.minusDays(1), show.id()))
            .map(found -> found.value().report())
            .orElse(NightReport.empty(night, show.id()));
    long rebuilt = last.count(NightReport.Outcome.REBUILT);
    double seconds = last.time().toMillis() / 1000.0;
    return rebuilt == 0 || seconds == 0 ? USUAL_SECONDS : seconds / rebuilt;
  }

  private static Instant begins(LocalDate night, Show show) {
    return Nights.begins(night, show.dropTime(), show.zone());
  }
}
