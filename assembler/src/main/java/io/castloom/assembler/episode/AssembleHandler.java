package io.castloom.assembler.episode;

import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.assembly.EpisodeOrder;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.json.Json;
import io.castloom.service.stitch.CorruptPieceException;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.service.versions.DoomedVersionException;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Does assembly tasks: reads the documents and the order of the night, and has it assembled. */
public final class AssembleHandler implements TaskHandler {

  private final Parts parts;
  private final EpisodeAssembly assembly;
  private final InstantSource clock;

  /**
   * Where it reads, and whom it tells.
   *
   * @param store the private bucket
   */
  record Parts(ObjectStore store, Catalog catalog, StoredVersions versions, FeedPublisher feeds) {}

  AssembleHandler(Parts parts, EpisodeAssembly assembly, InstantSource clock) {
    this.parts = parts;
    this.assembly = assembly;
    this.clock = clock;
  }

  @Override
  public TaskOutcome handle(Task task, TaskContext context) throws IOException {
    if (!(task.spec() instanceof TaskSpec.Assemble spec)) {
      return new TaskOutcome.Rejected("an assembler does not do " + task.spec());
    }
    Optional<EpisodeOrder> order = order(spec);
    if (order.isEmpty()) {
      return new TaskOutcome.Rejected("the order of the night " + spec.night() + " is missing");
    }
    if (isTakenBack(spec)) {
      return takenBack(spec);
    }
    return switch (parts.catalog().show(spec.show()).orElse(null)) {
      case null -> new TaskOutcome.Rejected("show " + spec.show() + " was deleted");
      case Reading.Bad<Show>(List<Problem> problems) -> rejected(problems);
      case Reading.Good<Show>(Show show) ->
          switch (parts.catalog().episode(show, spec.episode()).orElse(null)) {
            case null -> takenBack(spec);
            case Reading.Bad<Episode>(List<Problem> problems) -> rejected(problems);
            case Reading.Good<Episode>(Episode episode) ->
                lastLook(spec, assemble(show, episode, order.get(), task, context));
          };
    };
  }

  private boolean isTakenBack(TaskSpec.Assemble spec) throws IOException {
    return parts.catalog().isTakenBack(spec.show(), spec.episode());
  }

  /**
   * Who takes an episode back writes its document first and its media then; here it is the other
   * way round. So one of the two sees the other, and the episode does not stay on its address.
   */
  private TaskOutcome lastLook(TaskSpec.Assemble spec, TaskOutcome outcome) throws IOException {
    return outcome instanceof TaskOutcome.Produced && isTakenBack(spec) ? takenBack(spec) : outcome;
  }

  /** Also what a try before this one published, whose assembler died before its last look. */
  private TaskOutcome takenBack(TaskSpec.Assemble spec) throws IOException {
    parts.versions().withdraw(spec.show(), spec.episode(), clock.instant());
    return new TaskOutcome.Rejected(
        "episode " + spec.show() + "/" + spec.episode() + " was withdrawn or deleted");
  }

  private TaskOutcome assemble(
      Show show, Episode episode, EpisodeOrder order, Task task, TaskContext context)
      throws IOException {
    Priority priority = task.workClass().priority();
    try {
      TaskOutcome outcome = assembly.assemble(show, episode, order, priority, context::publishable);
      if (outcome instanceof TaskOutcome.Produced && priority != Priority.BULK) {
        parts
            .feeds()
            .publish(show.id()); // the nightly run writes each feed once, when all are done
      }
      return outcome;
    } catch (CorruptPieceException e) {
      return new TaskOutcome.Rejected(String.valueOf(e.getMessage()));
    } catch (NoSuchObjectException e) {
      return new TaskOutcome.Retry(
          "a piece vanished: " + e.getMessage(), Duration.ofSeconds(5), "");
    } catch (DoomedVersionException e) {
      return new TaskOutcome.Postponed(String.valueOf(e.getMessage()), Duration.ofSeconds(2));
    }
  }

  private Optional<EpisodeOrder> order(TaskSpec.Assemble spec) throws IOException {
    try {
      String key = EpisodeOrder.key(spec.night(), spec.show(), spec.episode());
      return Optional.of(Json.read(parts.store(), key, EpisodeOrder.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static TaskOutcome rejected(List<Problem> problems) {
    return new TaskOutcome.Rejected(
        String.join("; ", problems.stream().map(Problem::toString).toList()));
  }
}
