package io.castloom.worker.stages;

import io.castloom.domain.media.ToolFailure;
import java.time.Duration;

/** Hears what the stages did, for metrics. */
public interface StageListener {

  /**
   * Some sound was worked on.
   *
   * @param stage {@code encode}, {@code segment}, {@code join}, {@code unpack}, {@code measure}
   * @param profile the profile's name; empty where there is none
   * @param seconds of sound
   */
  void worked(String stage, String profile, double seconds, Duration took);

  /** A tool failed. */
  void failed(String stage, ToolFailure failure);

  /** A join found no seam and that much of it was encoded again: {@code segment} or {@code all}. */
  void encodedAgain(String what);

  /** Nobody listens. */
  static StageListener none() {
    return new StageListener() {
      @Override
      public void worked(String stage, String profile, double seconds, Duration took) {}

      @Override
      public void failed(String stage, ToolFailure failure) {}

      @Override
      public void encodedAgain(String what) {}
    };
  }
}
