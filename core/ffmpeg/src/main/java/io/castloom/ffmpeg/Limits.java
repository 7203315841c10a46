package io.castloom.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What one run of a tool may take.
 *
 * @param time wall-clock time until it is killed; the processor time is limited to the same by the
 *     kernel, so that it ends even when this process has died
 * @param stall how long it may make no progress
 * @param outputBytes greatest size of a file that it writes
 * @param memoryBytes its address space, which the kernel enforces on Linux
 * @param folder the folder it runs in
 */
record Limits(Duration time, Duration stall, long outputBytes, long memoryBytes, Path folder) {

  /**
   * Four times of what the hungriest real file took: 24-bit 5.1 with a 20 MB cover picture needs
   * 230 MB, the libraries' own mappings included.
   */
  static final long MEMORY = 1L << 30;

  Limits {
    Objects.requireNonNull(folder);
    if (time.isNegative() || time.isZero() || stall.isNegative() || stall.isZero()) {
      throw new IllegalArgumentException("limits of time are positive: " + time + ", " + stall);
    }
    if (outputBytes < 0 || memoryBytes < 1) {
      throw new IllegalArgumentException("limits of size: " + outputBytes + ", " + memoryBytes);
    }
  }

  /** For a run that writes no file and is over at once. */
  static Limits forLooking(Duration time) {
    return new Limits(time, time, 0, MEMORY, Path.of(System.getProperty("java.io.tmpdir")));
  }
}
