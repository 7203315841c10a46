package io.castloom.local.scaling;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Trace;
import io.castloom.local.cli.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The tasks that really came, as a trace to play again. */
record RecordedTrace(Trace trace, Instant start) {

  private static final double LEAST_SECONDS = 0.05;

  static RecordedTrace of(List<Heartbeat.Done> tasks) throws Failure {
    if (tasks.isEmpty()) {
      throw Failure.failed("no task is recorded in that time: the leader records them as they end");
    }
    Instant first =
        tasks.stream().map(Heartbeat.Done::enqueuedAt).min(Instant::compareTo).orElseThrow();
    Instant start = first.truncatedTo(ChronoUnit.HOURS);
    List<Job> jobs = new ArrayList<>();
    double last = 0;
    for (Heartbeat.Done task : tasks) {
      double arrival = seconds(Duration.between(start, task.enqueuedAt()));
      double service = seconds(Duration.between(task.startedAt(), task.endedAt()));
      jobs.add(
          new Job(
              arrival,
              Math.max(LEAST_SECONDS, service),
              Math.max(0, seconds(task.estimate())),
              lane(task)));
      last = Math.max(last, arrival);
    }
    return new RecordedTrace(
        new Trace("recorded", tasks.size() + " recorded tasks", last + 3600, jobs, List.of()),
        start);
  }

  private static Lane lane(Heartbeat.Done task) {
    WorkKind kind =
        task.workClass().kind() == TaskKind.TRANSCODE ? WorkKind.TRANSCODE : WorkKind.ASSEMBLY;
    WorkClass workClass =
        switch (task.workClass().priority()) {
          case Priority.HIGH -> WorkClass.HIGH;
          case Priority.NORMAL -> WorkClass.NORMAL;
          case Priority.BULK -> WorkClass.BULK;
        };
    return new Lane(kind, workClass);
  }

  private static double seconds(Duration span) {
    return span.toMillis() / 1000.0;
  }
}
