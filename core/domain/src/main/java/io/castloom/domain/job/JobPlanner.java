package io.castloom.domain.job;

import io.castloom.domain.media.Conforming;
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
    return new Job(
        id(what),
        original.account(),
        original,
        profiles,
        null,
        null,
        priority,
        now,
        callback,
        externalId,
        null,
        null,
        policy);
  }

  /**
   * Plans the stitching of an episode. Its id depends on episode, night and order alone.
   *
   * @param body the episode's first body
   * @param formats the show's formats
   * @param order tells an order by hand from the nightly one: empty for that
   */
  public static Job planAssembly(
      Original body,
      List<Profile> formats,
      Job.Assembly assembly,
      Priority priority,
      String order,
      Instant now) {
    StringBuilder what = new StringBuilder("assembly\n");
    what.append(assembly.show()).append('/').append(assembly.episode()).append('\n');
    what.append(assembly.night()).append('\n').append(order);
    return new Job(
        id(what),
        body.account(),
        body,
        formats,
        assembly,
        null,
        priority,
        now,
        null,
        order.isEmpty() ? null : order,
        null,
        assembly.show(),
        Job.Policy.DEFAULT);
  }

  /**
   * Plans the conforming of a sound for a show's formats. Its id depends on account, original,
   * formats, manner and order alone.
   *
   * @param order tells one order of the same from another
   */
  public static Job planConform(
      Original original,
      List<Profile> formats,
      Conforming how,
      Priority priority,
      String order,
      Instant now) {
    StringBuilder what = new StringBuilder("conform\n");
    what.append(original.account()).append('\n').append(original.sha256()).append('\n');
    what.append(how.fade().toMillis()).append(how.again() ? " again" : "");
    what.append('\n').append(order).append('\n');
    formats.stream().map(Profile::key).sorted().forEach(key -> what.append(key).append('\n'));
    return new Job(
        id(what),
        original.account(),
        original,
        formats,
        null,
        how,
        priority,
        now,
        null,
        order,
        null,
        null,
        Job.Policy.DEFAULT);
  }

  private static JobId id(CharSequence what) {
    Sha256 digest = Sha256.of(what.toString().getBytes(StandardCharsets.UTF_8));
    return new JobId(digest.hex().substring(0, 20));
  }
}
