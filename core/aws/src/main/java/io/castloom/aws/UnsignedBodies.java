package io.castloom.aws;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs requests to an emulator on this machine as the SDK signs them over TLS: everything but the
 * body. Over plain HTTP it would hash and sign bodies in pieces, which guards against changes on a
 * network; here there is none, and it halves the throughput. The scheme is no part of what is
 * signed (AWS, "Signature Version 4 signing process", canonical request).
 */
final class UnsignedBodies implements AwsV4AuthScheme, AwsV4HttpSigner {
  private final AwsV4HttpSigner usual = AwsV4HttpSigner.create();

  /** Whether bodies can go there unsigned: plain HTTP that does not leave this machine. */
  static boolean suit(@Nullable URI endpoint) {
    if (endpoint == null || !"http".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
      return false;
    }
    try {
      return InetAddress.getByName(endpoint.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the first call says so, in better words
    }
  }

  @Override
  public String schemeId() {
    return AwsV4AuthScheme.SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return this;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    SignedRequest signed =
        usual.sign(request.copy(copy -> copy.request(with(request.request(), "https"))));
    return signed.copy(copy -> copy.request(with(signed.request(), "http")));
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    return usual.signAsync(request);
  }

  private static SdkHttpRequest with(SdkHttpRequest request, String protocol) {
    return request.toBuilder().protocol(protocol).port(request.port()).build();
  }
}
