package io.castloom.service.names;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the buckets and queues of an environment are called. All begin with the environment, so that
 * several share an account.
 *
 * @param environment {@code CASTLOOM_ENV}, 2 to 20 of {@code [a-z0-9-]}, beginning with a letter
 * @param bucketSuffix added to buckets after a hyphen, because their names are global on AWS (for
 *     example {@code <account>-<region>}), 0 to 32 of {@code [a-z0-9-]}; empty for none
 */
public record Names(String environment, String bucketSuffix) {

  /** The environment when nothing else is said. */
  public static final String DEFAULT_ENVIRONMENT = "castloom";

  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9-]{1,19}");
  private static final Pattern SUFFIX = Pattern.compile("[a-z0-9-]{0,32}");

  public Names {
    if (!ENVIRONMENT.matcher(environment).matches()) {
      throw new IllegalArgumentException(
          "an environment (CASTLOOM_ENV) is 2 to 20 of a-z, 0-9 and '-', beginning with a letter:"
              + (" \"" + environment + "\""));
    }
    if (!SUFFIX.matcher(bucketSuffix).matches()) {
      throw new IllegalArgumentException(
          "a bucket suffix is at most 32 of a-z, 0-9 and '-': \"" + bucketSuffix + "\"");
    }
  }

  /** The names of an environment without a bucket suffix. */
  public static Names of(String environment) {
    return new Names(environment, "");
  }

  /** Originals, jobs, pieces, documents: {@code <env>-private[-<suffix>]}. */
  public String privateBucket() {
    return bucket("private");
  }

  /** Media, feeds and chapters for the world: {@code <env>-public[-<suffix>]}. */
  public String publicBucket() {
    return bucket("public");
  }

  /** A work queue, for example {@code castloom-transcode-high}. */
  public String queue(WorkClass workClass) {
    return environment + "-" + workClass.slug();
  }

  /** The dead-letter queue of a kind's three work queues: {@code castloom-transcode-dead}. */
  public String deadLetters(TaskKind kind) {
    return environment + "-" + kind.slug() + "-dead";
  }

  /** Heartbeats of all instances, for the autoscaler: {@code castloom-fleet}. */
  public String fleetQueue() {
    return environment + "-fleet";
  }

  /** What all control queues begin with: {@code castloom-ctl-}. */
  public String controlPrefix() {
    return environment + "-ctl-";
  }

  /** The control queue of one instance. */
  public String controlQueue(InstanceId instance) {
    return controlPrefix() + instance;
  }

  /** Both buckets. */
  public List<String> buckets() {
    return List.of(privateBucket(), publicBucket());
  }

  /** Every work queue with its dead-letter queue, most urgent first within a kind. */
  public Map<String, String> workQueues() {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      all.put(queue(workClass), deadLetters(workClass.kind()));
    }
    return java.util.Collections.unmodifiableMap(all);
  }

  private String bucket(String what) {
    return environment + "-" + what + (bucketSuffix.isEmpty() ? "" : "-" + bucketSuffix);
  }
}
