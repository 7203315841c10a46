package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.Market;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkKind;

/** From the words of jobs and fleets to those of the planner, and back. */
public final class Translation {

  private Translation() {}

  /** A queue's lane. */
  public static Lane lane(WorkClass workClass) {
    return new Lane(kind(workClass.kind()), urgency(workClass));
  }

  static io.castloom.domain.scaling.WorkClass urgency(WorkClass workClass) {
    return switch (workClass.priority()) {
      case HIGH -> io.castloom.domain.scaling.WorkClass.HIGH;
      case NORMAL -> io.castloom.domain.scaling.WorkClass.NORMAL;
      case BULK -> io.castloom.domain.scaling.WorkClass.BULK;
    };
  }

  /** A kind of task as a kind of work. */
  public static WorkKind kind(TaskKind kind) {
    return switch (kind) {
      case TRANSCODE -> WorkKind.TRANSCODE;
      case ASSEMBLY -> WorkKind.ASSEMBLY;
    };
  }

  /** A kind of work as a kind of task. */
  public static TaskKind kind(WorkKind kind) {
    return switch (kind) {
      case TRANSCODE -> TaskKind.TRANSCODE;
      case ASSEMBLY -> TaskKind.ASSEMBLY;
    };
  }

  static io.castloom.domain.scaling.Market market(Market market) {
    return switch (market) {
      case ON_DEMAND -> io.castloom.domain.scaling.Market.ON_DEMAND;
      case SPOT -> io.castloom.domain.scaling.Market.SPOT;
    };
  }
}
