package io.castloom.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the services are and who asks. Null endpoints are AWS's own; a null region or key is left
 * to the SDK's default chains (environment, shared files, container, instance).
 */
public record AwsSettings(
    @Nullable String region,
    @Nullable URI s3Endpoint,
    @Nullable URI sqsEndpoint,
    @Nullable URI ec2Endpoint,
    @Nullable URI cloudWatchEndpoint,
    @Nullable AccessKey key) {

  private static final String EMULATORS_REGION = "us-east-1";

  /** Long-lived credentials, as the emulators take them. */
  public record AccessKey(String id, String secret) {
    public AccessKey {
      Objects.requireNonNull(id);
      Objects.requireNonNull(secret);
    }

    @Override
    public String toString() {
      return "AccessKey[" + id + "]"; // the secret must not get into a log
    }
  }

  /**
   * Reads {@code AWS_ENDPOINT_URL}, {@code AWS_ENDPOINT_URL_S3|_SQS|_EC2|_CLOUDWATCH} (these win)
   * and {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}. A long-lived key in {@code
   * AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} is taken from here, because this
   * environment need not be the process's own; all else stays with the SDK's chain. With an
   * endpoint and no region it is {@code us-east-1}.
   *
   * @throws IllegalArgumentException an endpoint is no http or https address
   */
  public static AwsSettings of(Map<String, String> environment) {
    URI s3 = endpoint(environment, "AWS_ENDPOINT_URL_S3");
    URI sqs = endpoint(environment, "AWS_ENDPOINT_URL_SQS");
    URI ec2 = endpoint(environment, "AWS_ENDPOINT_URL_EC2");
    String region = environment.getOrDefault("AWS_REGION", "");
    if (region.isBlank()) {
      region = environment.getOrDefault("AWS_DEFAULT_REGION", "");
    }
    if (region.isBlank() && s3 != null && sqs != null) {
      region = EMULATORS_REGION;
    }
    return new AwsSettings(
        region.isBlank() ? null : region,
        s3,
        sqs,
        ec2,
        endpoint(environment, "AWS_ENDPOINT_URL_CLOUDWATCH"),
        key(environment));
  }

  private static @Nullable AccessKey key(Map<String, String> environment) {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    boolean temporary = !environment.getOrDefault("AWS_SESSION_TOKEN", "").isBlank();
    return id.isBlank() || secret.isBlank() || temporary ? null : new AccessKey(id, secret);
  }

  /** One endpoint for all services, as LocalStack has. */
  public static AwsSettings emulator(URI endpoint, AccessKey key) {
    return new AwsSettings(EMULATORS_REGION, endpoint, endpoint, endpoint, endpoint, key);
  }

  private static @Nullable URI endpoint(Map<String, String> environment, String own) {
    String name = environment.getOrDefault(own, "").isBlank() ? "AWS_ENDPOINT_URL" : own;
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name + " is no address: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        name + " is no http or https address with a host: \"" + text + "\"");
  }
}
