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
}
