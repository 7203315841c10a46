package io.castloom.service.announce;

import io.castloom.domain.scaling.Lane;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a night is expected to bring onto the queues.
 *
 * @param night its date
 * @param madeAt when it was planned
 * @param work for each show that has any
 */
public record NightAnnouncement(LocalDate night, Instant madeAt, List<Work> work) {

  /**
   * Tasks that come together.
   *
   * @param show the show's id
   * @param lane where they will wait, for example {@code assembly-bulk}
   * @param at when they are expected
   * @param tasks how many, at least 1
   * @param seconds what all of them take on one slot of an instance of speed 1, more than 0
   */
  public record Work(String show, String lane, Instant at, int tasks, double seconds) {
    public Work {
      Objects.requireNonNull(show);
      var _ = Lane.valueOf(lane); // refuses what no version of the planner knows
      Objects.requireNonNull(at);
      if (tasks < 1 || !(seconds > 0)) {
        throw new IllegalArgumentException(
            show + ": " + tasks + " tasks of " + seconds + " s are no work to announce");
      }
    }
  }

  public NightAnnouncement {
    Objects.requireNonNull(night);
    Objects.requireNonNull(madeAt);
    work = List.copyOf(work);
  }
}
