package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for. It never changes once opened; what became of it is folded from its tasks'
 * records.
 *
 * @param original the recording; of an assembly the first body of its episode
 * @param profiles the renditions; of an assembly the formats of its show
 * @param assembly the episode to stitch; null for a job that transcodes
 * @param conform how the sound is brought to the form of a show; null to encode it as it is
 * @param callback where to tell of its states; null for nowhere
 * @param externalId the asker's own name for it; null when he gave none
 * @param deadline until when it is wanted; null when it is not said
 * @param show the show that it is done for, and that its cost is counted to; null for none
 * @param policy the settings of the day it was opened, so that its tasks stay the same ones
 */
public record Job(
    JobId id,
    AccountId account,
    Original original,
    List<Profile> profiles,
    @Nullable Assembly assembly,
    @Nullable Conforming conform,
    Priority priority,
    Instant createdAt,
    @Nullable String callback,
    @Nullable String externalId,
    @Nullable Instant deadline,
    @Nullable String show,
    Policy policy) {

  /**
   * How a job is cut into tasks.
   *
   * @param segmentAbove originals longer than this are encoded in segments
   * @param segmentLength about how long a segment is
   */
  public record Policy(Duration segmentAbove, Duration segmentLength) {
    public static final Policy DEFAULT = new Policy(Duration.ofMinutes(6), Duration.ofMinutes(5));

    public Policy {
      if (segmentLength.compareTo(Duration.ofSeconds(10)) < 0) {
        throw new IllegalArgumentException("segments are at least 10 s: " + segmentLength);
      }
      Objects.requireNonNull(segmentAbove);
    }
  }

  /**
   * An episode that is to be stitched.
   *
   * @param night the night whose ads it gets
   */
  public record Assembly(String show, String episode, LocalDate night) {
    public Assembly {
      Objects.requireNonNull(show);
      Objects.requireNonNull(episode);
      Objects.requireNonNull(night);
    }
  }

  public Job {
    Objects.requireNonNull(id);
    Objects.requireNonNull(account);
    Objects.requireNonNull(original);
    profiles = List.copyOf(profiles);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(policy);
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("a job needs at least one profile");
    }
    if (profiles.stream().map(Profile::name).distinct().count() != profiles.size()) {
      throw new IllegalArgumentException("a job's profiles have different names: " + profiles);
    }
  }

  /**
   * The task that tells its owner of a state.
   *
   * @param at when it came to that state
   * @param failure why it did not end well; empty when it did, or has not ended
   * @return null when he gave no address
   */
  public @Nullable Task telling(JobState state, Instant at, String failure) {
    return callback == null
        ? null
        : new Task(
            new TaskId(id, "callback-" + state.slug()),
            new WorkClass(TaskKind.TRANSCODE, priority),
            account,
            at,
            Estimates.CALLBACK,
            new TaskSpec.Callback(callback, state, at, failure),
            true);
  }

  /** The same job, wanted until then. */
  public Job withDeadline(@Nullable Instant wanted) {
    return with(wanted, show);
  }

  /** The same job, done for a show. */
  public Job withShow(@Nullable String of) {
    return with(deadline, of);
  }

  private Job with(@Nullable Instant wanted, @Nullable String of) {
    return new Job(
        id,
        account,
        original,
        profiles,
        assembly,
        conform,
        priority,
        createdAt,
        callback,
        externalId,
        wanted,
        of,
        policy);
  }
}
