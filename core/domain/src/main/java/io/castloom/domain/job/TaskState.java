package io.castloom.domain.job;

/** Where a task stands. A task without a record waits for its first try. */
public enum TaskState {
  RUNNING,
  /** It failed and waits for the next try. */
  WAITING,
  DONE,
  /** The media are at fault; the reason is in the last attempt. */
  REJECTED,
  /** Too many failures: it lies in the dead-letter queue. */
  DEAD,
  CANCELLED;

  /** Whether nothing more happens to it by itself. */
  public boolean ended() {
    return switch (this) {
      case DONE, REJECTED, DEAD, CANCELLED -> true;
      case RUNNING, WAITING -> false;
    };
  }
}
