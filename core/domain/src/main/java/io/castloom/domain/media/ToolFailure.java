package io.castloom.domain.media;

import java.util.Objects;

/**
 * A run of the media tools that gave no result.
 *
 * @param fault whether the file is to blame, or the machine
 * @param reason for people
 * @param stderrTail the last lines that the tool said, at most 4,000 characters
 */
public record ToolFailure(Fault fault, String reason, String stderrTail) {

  /** Who is to blame. */
  public enum Fault {
    /** The file: no other worker would succeed. */
    MEDIA,
    /** This machine or the moment: another try may succeed. */
    MACHINE,
    /** Nobody: the run was cancelled. */
    CANCELLED
  }

  public ToolFailure {
    Objects.requireNonNull(fault);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(stderrTail);
  }
}
