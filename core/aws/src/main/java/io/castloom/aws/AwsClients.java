package io.castloom.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The four services' clients on one connection pool. Each is made when it is first asked for: a
 * worker never loads EC2, and nobody CloudWatch who does not publish there. Every request gets up
 * to 3 attempts, with the SDK's back-off.
 */
public final class AwsClients implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 256;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  // A long poll answers after 20 s at the latest.
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(40);

  private final AwsSettings settings;
  private final CallListener listener;
  private final String caller;
  private final AwsCredentialsProvider credentials;
  private final SdkHttpClient http;
  private final Lazy<S3Client> s3 = new Lazy<>(this::makeS3);
  private final Lazy<SqsClient> sqs = new Lazy<>(this::makeSqs);
  private final Lazy<Ec2Client> ec2 = new Lazy<>(this::makeEc2);
  private final Lazy<CloudWatchClient> cloudWatch = new Lazy<>(this::makeCloudWatch);

  /** Clients of whoever only says that it is Castloom. */
  public AwsClients(AwsSettings settings, CallListener listener) {
    this(settings, listener, "castloom");
  }

  /**
   * @param caller stands at the end of each request's user agent, so that access logs tell which
   *     process it was; for example {@code castloom-worker}
   */
  public AwsClients(AwsSettings settings, CallListener listener, String caller) {
    this.caller = caller;
    this.settings = settings;
    this.listener = listener;
    AwsSettings.AccessKey key = settings.key();
    this.credentials =
        key == null
            ? DefaultCredentialsProvider.builder().build()
            : StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
    this.http =
        Apache5HttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .connectionAcquisitionTimeout(SOCKET_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT)
            .build();
  }

  public S3Client s3() {
    return s3.get();
  }

  public SqsClient sqs() {
    return sqs.get();
  }

  public Ec2Client ec2() {
    return ec2.get();
  }

  public CloudWatchClient cloudWatch() {
    return cloudWatch.get();
  }

  private S3Client makeS3() {
    S3ClientBuilder builder = configure(S3Client.builder(), settings.s3Endpoint());
    if (UnsignedBodies.suit(settings.s3Endpoint())) {
      builder.putAuthScheme(new UnsignedBodies());
    }
    return builder
        // Emulators have no wildcard names; AWS takes virtual hosts, as it wants.
        .forcePathStyle(settings.s3Endpoint() != null)
        // The transport has its own checksums; trailers of the SDK's are not known everywhere.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  private SqsClient makeSqs() {
    return configure(SqsClient.builder(), settings.sqsEndpoint()).build();
  }

  private Ec2Client makeEc2() {
    return configure(Ec2Client.builder(), settings.ec2Endpoint()).build();
  }

  private CloudWatchClient makeCloudWatch() {
    return configure(CloudWatchClient.builder(), settings.cloudWatchEndpoint()).build();
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
      B builder, @Nullable URI endpoint) {
    builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                    .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, caller)
                    .addExecutionInterceptor(new CallInterceptor(listener)));
    builder.region(settings.region() == null ? usualRegion() : Region.of(settings.region()));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder;
  }

  private static Region usualRegion() {
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkClientException e) {
      throw new UncheckedIOException(
          new IOException(
              "no AWS region is known: set AWS_REGION, or AWS_ENDPOINT_URL for an emulator", e));
    }
  }

  @Override
  public void close() {
    s3.closeIfMade();
    sqs.closeIfMade();
    ec2.closeIfMade();
    cloudWatch.closeIfMade();
    http.close();
  }
}
