package io.castloom.autoscaler.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotMakerTest {
  private final SnapshotMaker maker = new SnapshotMaker();
  private final Instant noon = Instant.parse("2026-01-05T12:00:00Z");

  private static PendingTask waiting(String name, Instant since) {
    return new PendingTask(
        new TaskId(Samples.aJob().id(), name),
        WorkClass.ofSlug("transcode-normal"),
        Samples.DEMO,
        since,
        Duration.ofSeconds(60),
        false,
        null);
  }

  private Snapshot at(Instant now, PendingTask... tasks) {
    QueueReading queues = new QueueReading(List.of(tasks), Map.of(), now, true);
    SnapshotMaker.Rest rest =
        new SnapshotMaker.Rest(
            1, now, now, null, List.of(), List.of(), Observations.NONE, PlannerMemory.EMPTY);
    return maker.make(queues, rest, now);
  }

  @Test
  void a_task_whose_sender_has_a_clock_that_is_ahead_waits_from_when_it_was_first_seen() {
    PendingTask ahead = waiting("encode-mp3-128", noon.plus(Duration.ofMinutes(10)));
    PendingTask right = waiting("analyse", noon.minusSeconds(30));
    assertThat(at(noon, ahead, right).waiting())
        .extracting(it -> it.enqueuedAt())
        .containsExactly(noon, noon.minusSeconds(30));
    Instant later = noon.plus(Duration.ofMinutes(3));
    assertThat(at(later, ahead).waiting()).extracting(it -> it.enqueuedAt()).containsExactly(noon);
    // also when its own time has come meanwhile
    Instant muchLater = noon.plus(Duration.ofMinutes(20));
    assertThat(at(muchLater, ahead).waiting())
        .extracting(it -> it.enqueuedAt())
        .containsExactly(noon);
    assertThat(at(muchLater).waiting()).isEmpty();
  }
}
