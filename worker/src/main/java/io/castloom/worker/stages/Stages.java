package io.castloom.worker.stages;

import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.service.tasks.TaskContext;
import java.io.IOException;

/** Gives each task to the stage that does it. */
public final class Stages {

  private final EncodeStage encode;
  private final SegmentStage segment;
  private final JoinStage join;
  private final UnpackStage unpack;
  private final AnalyseStage analyse;

  public Stages(Workbench bench) {
    this.encode = new EncodeStage(bench);
    this.segment = new SegmentStage(bench);
    this.join = new JoinStage(bench);
    this.unpack = new UnpackStage(bench);
    this.analyse = new AnalyseStage(bench);
  }

  /**
   * Does what is asked and stores the result.
   *
   * @throws IOException a fault of the store or the disk
   * @throws IllegalArgumentException it is no work on sound
   */
  public TaskOutcome run(TaskSpec spec, TaskContext context)
      throws IOException, InterruptedException {
    try {
      return switch (spec) {
        case TaskSpec.Encode whole -> encode.encode(whole, context);
        case TaskSpec.Conform sound -> encode.conform(sound, context);
        case TaskSpec.Segment part -> segment.encode(part, context);
        case TaskSpec.Join parts -> join.join(parts, context);
        case TaskSpec.Unpack original -> unpack.unpack(original, context);
        case TaskSpec.Analyse original -> analyse.analyse(original, context);
        case TaskSpec.Measure part -> analyse.measure(part, context);
        case TaskSpec.Callback _, TaskSpec.Assemble _ ->
            throw new IllegalArgumentException("no work on sound: " + spec);
      };
    } catch (StageFailure failure) {
      return failure.outcome();
    }
  }
}
