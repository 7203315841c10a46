package io.castloom.aws;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/**
 * Makes buckets and queues that are not there, and leaves alone those that are: on AWS the stack
 * makes them. Idempotent; several may run at once. One request for each thing that exists.
 */
public final class Provisioner {

  /** Deliveries before a message goes to the dead-letter queue. */
  public static final int MAX_RECEIVES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
  private static final String DAYS_14 = Integer.toString(14 * 24 * 3600); // SQS's longest
  private static final String VISIBILITY_SECONDS = "120";

  /**
   * A queue that is wanted.
   *
   * @param deadLetters the name of its dead-letter queue; null for none. Several may name the same
   */
  public record QueuePlan(String name, @Nullable String deadLetters) {
    public QueuePlan {
      Objects.requireNonNull(name);
    }
  }

  private final AwsClients clients;
  private final AwsFaults s3Faults;
  private final AwsFaults sqsFaults;

  public Provisioner(AwsClients clients) {
    this.clients = clients;
    this.s3Faults = AwsFaults.of("S3", clients.s3().serviceClientConfiguration());
    this.sqsFaults = AwsFaults.of("SQS", clients.sqs().serviceClientConfiguration());
  }

  /**
   * Makes what is missing.
   *
   * @return the names of what was made, in order
   * @throws IOException a name is taken, a permission is missing, a service does not answer
   */
  public List<String> provision(List<String> buckets, List<QueuePlan> queues) throws IOException {
    List<String> made = new ArrayList<>();
    for (String bucket : buckets) {
      if (makeBucket(bucket)) {
        made.add(bucket);
      }
    }
    Set<String> known = new HashSet<>();
    for (QueuePlan queue : queues) {
      String dead = queue.deadLetters();
      if (dead != null && known.add(dead) && !exists(dead)) {
        makeQueue(dead, null);
        made.add(dead);
      }
      if (known.add(queue.name()) && !exists(queue.name())) {
        makeQueue(queue.name(), dead == null ? null : arn(dead));
        made.add(queue.name());
      }
    }
    return List.copyOf(made);
  }

  private boolean makeBucket(String bucket) throws IOException {
    S3Client s3 = clients.s3();
    try {
      s3.headBucket(b -> b.bucket(bucket));
      return false;
    } catch (S3Exception e) {
      if (e.statusCode() == 403) {
        throw new IOException(
            "bucket "
                + bucket
                + " belongs to somebody else, or these credentials may not use it:"
                + " choose another CASTLOOM_ENV or correct the policy",
            e);
      }
      if (e.statusCode() != 404) {
        throw s3Faults.translate("HeadBucket of " + bucket, e);
      }
    } catch (SdkException e) {
      throw s3Faults.translate("HeadBucket of " + bucket, e);
    }
    try {
      // The SDK adds the region as the location where S3 wants it.
      s3.createBucket(b -> b.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException e) {
      return false;
    } catch (SdkException e) {
      throw s3Faults.translate("CreateBucket of " + bucket, e);
    }
    abortOldUploads(bucket);
    return true;
  }

  /** Parts of an upload whose process died would be paid for for ever. */
  private void abortOldUploads(String bucket) throws IOException {
    LifecycleRule rule =
        LifecycleRule.builder()
            .id("abort-incomplete-uploads")
            .status(ExpirationStatus.ENABLED)
            .filter(f -> f.prefix(""))
            .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1))
            .build();
    try {
      clients
          .s3()
          .putBucketLifecycleConfiguration(
              b -> b.bucket(bucket).lifecycleConfiguration(c -> c.rules(rule)));
    } catch (S3Exception e) {
      if (e.statusCode() != 501) {
        throw s3Faults.translate("PutBucketLifecycleConfiguration of " + bucket, e);
      }
      LOG.debug("the store behind bucket {} has no lifecycle rules", bucket);
    } catch (SdkException e) {
      throw s3Faults.translate("PutBucketLifecycleConfiguration of " + bucket, e);
    }
  }

  private boolean exists(String queue) throws IOException {
    try {
      clients.sqs().getQueueUrl(b -> b.queueName(queue));
      return true;
    } catch (QueueDoesNotExistException e) {
      return false;
    } catch (SdkException e) {
      throw sqsFaults.translate("GetQueueUrl of " + queue, e);
    }
  }

  private void makeQueue(String queue, @Nullable String deadArn) throws IOException {
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, DAYS_14);
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS);
    if (deadArn != null) {
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          "{\"deadLetterTargetArn\":\""
              + deadArn
              + "\",\"maxReceiveCount\":\""
              + MAX_RECEIVES
              + "\"}");
    }
    try {
      clients.sqs().createQueue(b -> b.queueName(queue).attributes(attributes));
    } catch (QueueNameExistsException e) {
      LOG.debug("queue {} was made by somebody else meanwhile", queue);
    } catch (SdkException e) {
      throw sqsFaults.translate("CreateQueue of " + queue, e);
    }
  }

  private String arn(String queue) throws IOException {
    try {
      String url = clients.sqs().getQueueUrl(b -> b.queueName(queue)).queueUrl();
      String arn =
          clients
              .sqs()
              .getQueueAttributes(b -> b.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      return Objects.requireNonNull(arn, "SQS gave no ARN of " + queue);
    } catch (SdkException e) {
      throw sqsFaults.translate("GetQueueAttributes of " + queue, e);
    }
  }
}
