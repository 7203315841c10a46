package io.castloom.service.tasks;

import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.util.List;

/**
 * In which order the classes of a kind are asked for work. As a rule the most urgent first; of ten
 * turns two begin with the middle class and one with the lowest, so that each has at least that
 * share however much urgent work there is.
 */
final class ClassTurns {

  private static final int CYCLE = 10;

  private final WorkClass high;
  private final WorkClass normal;
  private final WorkClass bulk;
  private long turn;

  ClassTurns(TaskKind kind) {
    List<WorkClass> all = WorkClass.of(kind);
    high = all.get(0);
    normal = all.get(1);
    bulk = all.get(2);
  }

  /** The order for the next task. */
  List<WorkClass> order() {
    return switch ((int) (turn % CYCLE)) {
      case 3, 7 -> List.of(normal, high, bulk);
      case 9 -> List.of(bulk, high, normal);
      default -> List.of(high, normal, bulk);
    };
  }

  /** How many tasks may be taken from the first of {@link #order} before the order changes. */
  int run() {
    int at = (int) (turn % CYCLE);
    return switch (at) {
      case 3, 7, 9 -> 1;
      default -> at < 3 ? 3 - at : at < 7 ? 7 - at : 9 - at;
    };
  }

  /** Tasks were taken. */
  void took(int tasks) {
    turn += tasks;
  }
}
