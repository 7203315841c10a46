package io.castloom.domain.job;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a request into a job. Pure: the same original and profiles are the same job. */
public final class JobPlanner {

  private JobPlanner() {}

  /** Plans a job. Its id depends on account, original, profiles and external id alone. */
  public static Job plan(
      Original original,
      List<Profile> profiles,
      Priority priority,
      @Nullable String callback,
      @Nullable String externalId,
      Job.Policy policy,
      Instant now) {
    StringBuilder what = new StringBuilder();
    what.append(original.account()).append('\n').append(original.sha256()).append('\n');
    profiles.stream().map(Profile::key).sorted().forEach(key -> what.append(key).append('\n'));
    if (externalId != null) {
      what.append(externalId);
    }
    Sha256 digest = Sha256.of(what.toString().getBytes(StandardCharsets.UTF_8));
    JobId id = new JobId(digest.hex().substring(0, 20));
    return new Job(
        id, original.account(), original, profiles, priority, now, callback, externalId, policy);
  }
}
