package io.castloom.local.bench;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Something that {@code castloom bench NAME} runs. Found by {@link java.util.ServiceLoader}, so
 * that the tests module can bring those that need all of the house. Most are {@link Benchmark}s;
 * one that has its own table prints it itself.
 */
public interface Bench {

  /** As typed: lower case, one word. */
  String name();

  /** What it compares with what, in one line. */
  String about();

  /** About how long it takes on two cores. */
  Duration length();

  /**
   * Measures and prints.
   *
   * @param out for the table, or with {@code json} one JSON object per measure and line
   * @return whether every goal holds
   */
  boolean print(PrintStream out, boolean json) throws Exception;
}
