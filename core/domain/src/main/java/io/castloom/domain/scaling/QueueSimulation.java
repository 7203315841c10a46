package io.castloom.domain.scaling;

/** First in, first out, over slots that become free at known times: when does each task start? */
final class QueueSimulation {
  private double[] free = new double[64];
  private double[] speed = new double[64];
  private int size;

  /** Empties the fleet. */
  void clear() {
    size = 0;
  }

  /** Adds a slot that takes work from {@code freeAt} on, seconds from now. */
  void add(double freeAt, double slotSpeed) {
    if (size == free.length) {
      free = java.util.Arrays.copyOf(free, 2 * size);
      speed = java.util.Arrays.copyOf(speed, 2 * size);
    }
    int i = size++;
    while (i > 0 && free[(i - 1) >> 1] > freeAt) {
      free[i] = free[(i - 1) >> 1];
      speed[i] = speed[(i - 1) >> 1];
      i = (i - 1) >> 1;
    }
    free[i] = freeAt;
    speed[i] = slotSpeed;
  }

  /** When each slot is free, the first first. */
  double[] freeTimes() {
    double[] times = java.util.Arrays.copyOf(free, size);
    java.util.Arrays.sort(times);
    return times;
  }

  /** Takes over another's fleet. */
  void copy(QueueSimulation other) {
    if (free.length < other.size) {
      free = new double[other.free.length];
      speed = new double[other.free.length];
    }
    System.arraycopy(other.free, 0, free, 0, other.size);
    System.arraycopy(other.speed, 0, speed, 0, other.size);
    size = other.size;
  }

  /**
   * Starts the next task on the slot that is free first.
   *
   * @return when it starts, seconds from now; infinite when there is no slot
   */
  double start(double release, double service) {
    if (size == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double start = Math.max(Math.max(free[0], release), 0);
    double slotSpeed = speed[0];
    double until = start + service / slotSpeed;
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && free[child + 1] < free[child]) {
        child++;
      }
      if (free[child] >= until) {
        break;
      }
      free[i] = free[child];
      speed[i] = speed[child];
      i = child;
    }
    free[i] = until;
    speed[i] = slotSpeed;
    return start;
  }
}
