package io.castloom.service.jobs;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to "why does it wait" in a sentence. */
final class Words {

  private Words() {}

  /** How far a job is whose next tasks wait; empty when nothing of it was begun. */
  static String begun(long running, int waiting, JobFlow flow) {
    if (running > 0) {
      return count(running, "task") + " of it at work, " + waiting + " waiting; ";
    }
    long done = flow.records().values().stream().filter(record -> record.state().ended()).count();
    return done > 0 ? count(done, "task") + " of it done, " + waiting + " waiting; " : "";
  }

  /**
   * @param begun whether some of the job was begun: what has to start is its next task
   */
  static String sentence(
      int own,
      int others,
      RunningPlaces.@Nullable Use limit,
      Slots slots,
      Instant now,
      Instant start,
      Instant end,
      boolean begun) {
    List<String> parts = new ArrayList<>();
    if (own + others == 0) {
      parts.add(begun ? "nothing is ahead of the next" : "nothing is ahead");
    } else if (own == 0) {
      parts.add(count(others, "task") + " of others " + are(others) + " ahead");
    } else if (others == 0) {
      parts.add(count(own, "task") + " of your account " + are(own) + " ahead");
    } else {
      parts.add(count(own, "task") + " of your account and " + others + " of others are ahead");
    }
    if (limit != null && limit.full()) {
      parts.add("your account runs " + count(limit.running(), "task") + ", as many as it may");
    }
    if (slots.booting() > 0) {
      parts.add(
          count(slots.booting(), "instance")
              + " "
              + are(slots.booting())
              + " booting, ready in about "
              + about(slots.bootLeft()));
    } else if (!slots.known()) {
      parts.add("no instance is up; one is launched when the wait reaches its target");
    }
    parts.add(
        (begun ? "the next should start in about " : "it should start in about ")
            + about(Duration.between(now, start))
            + (begun ? " and all be " : " and be ")
            + doneIn(now, end));
    return String.join("; ", parts);
  }

  /** That it was raised, and that a deadline is set; empty when neither is so. */
  static String haste(Job job, PendingTask first, Instant now) {
    Instant deadline = job.deadline();
    Priority in = first.workClass().priority();
    String due = deadline == null ? "" : "wanted " + within(now, deadline) + "; ";
    if (in.compareTo(job.priority()) >= 0) {
      return due;
    }
    String cause = deadline == null ? "it waited long" : "it waited long or its deadline is near";
    return due
        + "raised from "
        + job.priority().slug()
        + " to "
        + in.slug()
        + ", as "
        + cause
        + "; ";
  }

  private static String within(Instant now, Instant deadline) {
    return deadline.isBefore(now)
        ? about(Duration.between(deadline, now)) + " ago"
        : "within " + about(Duration.between(now, deadline));
  }

  static String doneIn(Instant now, Instant end) {
    return "done in about " + about(Duration.between(now, end));
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String are(long number) {
    return number == 1 ? "is" : "are";
  }

  static String about(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
