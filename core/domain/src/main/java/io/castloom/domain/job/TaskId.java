package io.castloom.domain.job;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A task's name: its job's and its own within the job, for example {@code
 * 3fk2….segment-mp3-128-004}. Deterministic, so a task that is made twice is one task.
 *
 * @param name 1 to 80 of {@code [a-z0-9.-]}
 */
public record TaskId(JobId job, String name) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");

  public TaskId {
    Objects.requireNonNull(job);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a task's name: \"" + name + "\"");
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException it is no task's name
   */
  public static TaskId parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("not a task's id: \"" + text + "\"");
    }
    return new TaskId(new JobId(text.substring(0, dot)), text.substring(dot + 1));
  }

  /**
   * What sort of task it is, the key under which lengths are learned: its name, without the number
   * of a part, for example {@code encode-mp3-128} and {@code segment-mp3-128}.
   */
  public String work() {
    boolean numbered = name.startsWith("segment-") || name.startsWith("measure-");
    return numbered ? name.replaceFirst("-\\d+$", "") : name;
  }

  /** {@code <job>.<name>}. */
  @Override
  public String toString() {
    return job + "." + name;
  }
}
