package io.castloom.aws;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Says in one line what went wrong with a service, and what to do about it.
 *
 * @param service {@code S3}, {@code SQS} or {@code EC2}
 * @param endpoint where it was asked; {@code AWS} and the region when no endpoint is set
 */
public record AwsFaults(String service, String endpoint) {

  public static AwsFaults of(String service, SdkServiceClientConfiguration client) {
    Optional<URI> override = client.endpointOverride();
    return new AwsFaults(service, override.map(URI::toString).orElse("AWS"));
  }

  /**
   * An exception to throw at a port.
   *
   * @param doing what was tried, for example {@code PutObject of jobs/a in castloom-private}
   */
  public IOException translate(String doing, RuntimeException fault) {
    if (fault instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return unchecked.getCause(); // the caller's own data failed
    }
    if (fault instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException(doing + " was interrupted");
      interrupted.initCause(fault);
      return interrupted;
    }
    if (fault instanceof AwsServiceException refused) {
      return new IOException(service + " " + doing + ": " + words(refused), fault);
    }
    Throwable unreachable = unreachable(fault);
    if (unreachable != null) {
      return new IOException(
          "cannot reach "
              + service
              + " at "
              + endpoint
              + " ("
              + unreachable.getMessage()
              + "): is it running, and are AWS_ENDPOINT_URL and AWS_REGION right?",
          fault);
    }
    String message = String.valueOf(fault.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new IOException(
          "no AWS credentials for "
              + service
              + ": set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, a profile, or give the instance a role",
          fault);
    }
    return new IOException(service + " " + doing + " failed: " + message, fault);
  }

  private static String words(AwsServiceException fault) {
    String code = fault.awsErrorDetails() == null ? "" : fault.awsErrorDetails().errorCode();
    String text = fault.awsErrorDetails() == null ? "" : fault.awsErrorDetails().errorMessage();
    String said =
        (code == null || code.isEmpty() ? "status " + fault.statusCode() : code)
            + (text == null || text.isEmpty() ? "" : ", " + text);
    return switch (code == null ? "" : code) {
      case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
          said + " (the credentials have expired: renew them)";
      case "InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch", "AuthFailure" ->
          said + " (wrong credentials: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)";
      case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation" ->
          said + " (the role or user lacks this permission)";
      case "RequestTimeTooSkewed" -> said + " (this machine's clock is wrong)";
      default -> said;
    };
  }

  private static @Nullable Throwable unreachable(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException) {
        return cause;
      }
    }
    return null;
  }
}
