package io.castloom.domain.scaling;

/**
 * One queue: the tasks of a kind and a class. Each lane has its own target wait and its own price
 * of a late task.
 *
 * @param kind which instances serve it
 * @param workClass in which order they do
 */
public record Lane(WorkKind kind, WorkClass workClass) implements Comparable<Lane> {
  @Override
  public int compareTo(Lane other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : workClass.compareTo(other.workClass);
  }

  /** {@code transcode-high}: the name used in queues, metrics and explanations. */
  @Override
  public String toString() {
    return (kind.name() + "-" + workClass.name()).toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Reads the name that {@link #toString} writes.
   *
   * @throws IllegalArgumentException if there is no such lane
   */
  public static Lane valueOf(String name) {
    for (WorkKind kind : WorkKind.values()) {
      for (WorkClass workClass : WorkClass.values()) {
        Lane lane = new Lane(kind, workClass);
        if (lane.toString().equals(name)) {
          return lane;
        }
      }
    }
    throw new IllegalArgumentException("no lane is called '" + name + "'; one is transcode-normal");
  }
}
