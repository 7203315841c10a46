package io.castloom.tests.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Wall and processor seconds of a piece of work. */
record Cost(double wall, double cpu) {

  /** What is measured. */
  @FunctionalInterface
  interface Work {
    void run(int round) throws IOException, InterruptedException;
  }

  /** Whose processor time counts: this thread's, or that of the processes it started. */
  enum Whose {
    OURS,
    CHILDREN;

    private double seconds() throws IOException {
      return switch (this) {
        case OURS -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
        case CHILDREN -> Cpu.ofChildrenOrZero();
      };
    }
  }

  /** The least of so many rounds, each figure by itself. */
  static Cost best(int rounds, Work work, Whose whose) throws IOException, InterruptedException {
    Cost best = measure(work, 0, whose);
    for (int round = 1; round < rounds; round++) {
      Cost cost = measure(work, round, whose);
      best = new Cost(Math.min(best.wall, cost.wall), Math.min(best.cpu, cost.cpu));
    }
    return best;
  }

  static Cost once(Work work, Whose whose) throws IOException, InterruptedException {
    return measure(work, 0, whose);
  }

  Cost times(int factor) {
    return new Cost(wall * factor, cpu * factor);
  }

  private static Cost measure(Work work, int round, Whose whose)
      throws IOException, InterruptedException {
    double before = whose.seconds();
    long begin = System.nanoTime();
    work.run(round);
    return new Cost((System.nanoTime() - begin) / 1e9, whose.seconds() - before);
  }
}
