package io.castloom.ingest.intake;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for with a recording.
 *
 * @param filename as its sender calls it, 1 to 200 characters; never part of a path
 * @param profiles the renditions wanted, at least one
 * @param callback where to tell of the job's states; null for nowhere
 * @param externalId the sender's own name for the job; null when he gave none
 * @param deadline until when the job is wanted; null when it is not said
 * @param episode the episode that it is the body of; null when it is of none
 */
public record UploadRequest(
    AccountId account,
    String filename,
    List<Profile> profiles,
    Priority priority,
    @Nullable String callback,
    @Nullable String externalId,
    @Nullable Instant deadline,
    @Nullable EpisodeOf episode) {

  /**
   * The episode that a recording is to become the body of.
   *
   * @param show the show's slug
   * @param episode the episode's slug; null to make one of the title or the file's name
   * @param title null to take it from the tags or the file's name
   */
  public record EpisodeOf(String show, @Nullable String episode, @Nullable String title) {
    public EpisodeOf {
      Objects.requireNonNull(show);
    }
  }

  public UploadRequest {
    Objects.requireNonNull(account);
    Objects.requireNonNull(priority);
    profiles = List.copyOf(profiles);
    if (filename.isBlank() || filename.length() > 200) {
      throw new IllegalArgumentException("a file's name has 1 to 200 characters");
    }
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("an upload needs at least one profile");
    }
  }
}
