package io.castloom.domain.job;

/** A job's state, as the API says it. */
public enum JobState {
  QUEUED,
  RUNNING,
  DONE,
  FAILED,
  REJECTED,
  CANCELLED;

  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public boolean ended() {
    return this != QUEUED && this != RUNNING;
  }
}
