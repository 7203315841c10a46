package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class BehindProxyTest extends ApiServer {

  @Override
  URI publicUrl() {
    return URI.create("https://studio.example.org/castloom");
  }

  @Test
  void an_upload_is_where_clients_find_it_whatever_the_request_says_of_itself() throws Exception {
    HttpResponse<String> created =
        send(
            tus("/v1/tus")
                .header("Upload-Length", "100")
                .header("Upload-Metadata", "filename " + base64("a.wav"))
                .header("X-Forwarded-Host", "evil.example.net")
                .header("X-Forwarded-Proto", "gopher")
                .POST(BodyPublishers.noBody())
                .build());
    assertThat(created.headers().firstValue("Location").orElseThrow())
        .startsWith("https://studio.example.org/castloom/v1/tus/");
  }

  @Test
  void one_client_who_tries_tokens_does_not_shut_out_those_behind_the_same_proxy()
      throws Exception {
    for (int i = 0; i < 5; i++) {
      problem(send(wrong("198.51.100.7, 203.0.113.9")), 401, "not-authenticated");
    }
    // whoever tries writes what he likes before what the proxy appends
    problem(send(wrong("198.51.100.8, 203.0.113.9")), 429, "too-many-wrong-tokens");
    HttpRequest honest = request("/v1/jobs").header("X-Forwarded-For", "203.0.113.10").build();
    assertThat(send(honest).statusCode()).isEqualTo(200);
  }

  private HttpRequest wrong(String forwardedFor) {
    return HttpRequest.newBuilder(uri("/v1/jobs"))
        .header("Authorization", "Bearer demo." + "x".repeat(43))
        .header("X-Forwarded-For", forwardedFor)
        .build();
  }
}
