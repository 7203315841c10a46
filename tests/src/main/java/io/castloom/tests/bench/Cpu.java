package io.castloom.tests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor seconds of processes, their ended children included, as Linux counts them (proc(5),
 * {@code /proc/pid/stat}, fields 14 to 17, in ticks of 10 ms).
 */
final class Cpu {

  private static final double TICKS_PER_SECOND = 100;

  private Cpu() {}

  /** Whether this system counts. */
  static boolean known() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  /** Seconds of the ended children of this process. */
  static double ofChildren() throws IOException {
    return ticks("self", 15, 16) / TICKS_PER_SECOND;
  }

  /** The same; 0 where the system does not count. */
  static double ofChildrenOrZero() throws IOException {
    return known() ? ofChildren() : 0;
  }

  /** A reading of processes. */
  interface Reading {
    double of(List<Long> pids) throws IOException;
  }

  /** A reading; 0 where the system does not count. */
  static double orZero(List<Long> pids, Reading reading) throws IOException {
    return known() ? reading.of(pids) : 0;
  }

  /** Seconds of these processes and of their ended children. */
  static double of(List<Long> pids) throws IOException {
    double ticks = 0;
    for (long pid : pids) {
      ticks += ticks(Long.toString(pid), 13, 16);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Seconds of these processes without their children. */
  static double alone(List<Long> pids) throws IOException {
    double ticks = 0;
    for (long pid : pids) {
      ticks += ticks(Long.toString(pid), 13, 14);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /**
   * Seconds of the whole machine since it started, all its cores together, without idle time and
   * waiting for disks ({@code /proc/stat}, first line: user, nice, system, then irq and softirq).
   */
  static double ofMachine() throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +");
    double sum = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      sum += Double.parseDouble(fields[i]);
    }
    return sum / TICKS_PER_SECOND;
  }

  private static double ticks(String pid, int first, int last) throws IOException {
    String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
    // The second field is the name in brackets and may hold spaces.
    String[] fields = ("x x " + stat.substring(stat.lastIndexOf(')') + 2)).split(" ");
    double sum = 0;
    for (int i = first; i <= last; i++) {
      sum += Double.parseDouble(fields[i]);
    }
    return sum;
  }
}
