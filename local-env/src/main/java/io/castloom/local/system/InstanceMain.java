package io.castloom.local.system;

import io.castloom.assembler.AssemblerMain;
import io.castloom.local.instance.ParentWatch;
import io.castloom.worker.WorkerMain;

/**
 * An instance of this machine: {@code worker} or {@code assembler}, ended with its parent. What
 * {@code castloom run} does, without the command line's parser, whose classes no AOT cache can hold
 * (its jar is signed) and which would cost a sixth of the start.
 */
public final class InstanceMain {

  private static final String[] NO_ARGUMENTS = {};

  private InstanceMain() {}

  /** Runs until it is told to end. */
  public static void main(String[] args) {
    ParentWatch.startIfAsked(System.getenv());
    String process = args.length == 1 ? args[0] : "";
    System.exit(
        switch (process) {
          case "worker" -> WorkerMain.run(NO_ARGUMENTS);
          case "assembler" -> AssemblerMain.run(NO_ARGUMENTS);
          default -> {
            System.err.println("castloom: an instance runs worker or assembler, not " + process);
            yield 2;
          }
        });
  }
}
