package io.castloom.aws.sqs;

import io.castloom.aws.AwsFaults;
import io.castloom.domain.queue.NoSuchQueueException;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A queue by its name; its URL is asked for once. */
final class SqsAddress {

  private final SqsClient sqs;
  private final String name;
  private final AwsFaults faults;
  private volatile @Nullable String url;

  SqsAddress(SqsClient sqs, String name) {
    this.sqs = sqs;
    this.name = name;
    this.faults = AwsFaults.of("SQS", sqs.serviceClientConfiguration());
  }

  SqsAddress(SqsClient sqs, String name, String url) {
    this(sqs, name);
    this.url = url;
  }

  String name() {
    return name;
  }

  SqsClient sqs() {
    return sqs;
  }

  /** Calls with the queue's URL. */
  <T> T call(String operation, Function<String, T> call) throws IOException {
    try {
      return call.apply(url());
    } catch (SdkException e) {
      throw translate(operation, e);
    }
  }

  /**
   * Calls for a message in hand.
   *
   * @return null when done; what SQS said when the receipt does not hold the message any more
   */
  @Nullable SdkException callForReceipt(String operation, Consumer<String> call)
      throws IOException {
    try {
      call.accept(url());
      return null;
    } catch (SdkException e) {
      if (leaseLost(e)) {
        return e;
      }
      throw translate(operation, e);
    }
  }

  private String url() {
    String known = url;
    if (known == null) {
      known = sqs.getQueueUrl(b -> b.queueName(name)).queueUrl();
      url = known;
    }
    return known;
  }

  IOException translate(String operation, SdkException e) {
    if (missing(e)) {
      url = null; // it may be made again, elsewhere
      return new NoSuchQueueException(name, e);
    }
    return faults.translate(operation + " on queue " + name, e);
  }

  static boolean missing(SdkException e) {
    return code(e).endsWith("QueueDoesNotExist") || code(e).endsWith("NonExistentQueue");
  }

  private static boolean leaseLost(SdkException e) {
    return code(e).endsWith("MessageNotInflight")
        || code(e).endsWith("ReceiptHandleIsInvalid")
        || code(e).endsWith("InvalidParameterValue")
        || code(e).endsWith("InvalidParameterValueException");
  }

  private static String code(SdkException e) {
    String code =
        e instanceof SqsException refused && refused.awsErrorDetails() != null
            ? refused.awsErrorDetails().errorCode()
            : null;
    return code == null ? "" : code;
  }
}
