package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.ingest.FakeTools;
import io.castloom.ingest.IngestSettings;
import io.castloom.ingest.TestKeys;
import io.castloom.ingest.access.TlsKeys;
import io.castloom.service.json.Json;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HttpsTest extends ApiServer {
  private TlsKeys keys = new TlsKeys(Path.of("none"), "");

  @Override
  TlsKeys keys() throws Exception {
    keys = TestKeys.in(folder);
    return keys;
  }

  @Test
  void curl_uploads_over_each_version_of_tls_that_is_safe() throws Exception {
    for (String version : List.of("1.2", "1.3")) {
      Path file = folder.resolve("tls-" + version + ".wav");
      Files.write(file, FakeTools.recording(3 << 20, version.hashCode()));
      JsonNode receipt =
          Json.mapper()
              .readTree(
                  curl(
                      "--cacert",
                      TestKeys.certificate(keys).toString(),
                      "--tlsv" + version,
                      "--tls-max",
                      version,
                      "-T",
                      file.toString(),
                      "-H",
                      "Authorization: Bearer " + world.token,
                      "https://localhost:" + server.port() + "/v1/uploads/" + file.getFileName()));
      assertThat(receipt.path("job").asString()).as(receipt.toString()).isNotEmpty();
    }
  }

  @Test
  void a_client_that_checks_the_certificate_and_its_name_is_content() throws Exception {
    SSLContext tls = trusting();
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpResponse<String> session =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + server.port() + "/v1/session"))
                  .header("Authorization", "Bearer " + world.token)
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(session.statusCode()).isEqualTo(200);
      assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
    }
  }

  @Test
  void versions_of_tls_that_are_not_safe_any_more_are_refused() throws Exception {
    for (String version : List.of("TLSv1.1", "TLSv1")) {
      SSLContext tls = trusting();
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", server.port())) {
        socket.setEnabledProtocols(new String[] {version});
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
      }
    }
    // This JVM's own list forbids the old versions to both sides; curl has a list of its own.
    assertThat(
            curl(
                "-k",
                "--tlsv1.0",
                "--tls-max",
                "1.1",
                "--ciphers",
                "DEFAULT@SECLEVEL=0",
                "-w",
                "%{http_code}",
                "https://localhost:" + server.port() + "/"))
        .contains("000");
  }

  @Test
  void plain_http_on_the_port_of_https_gets_nothing() {
    assertThatThrownBy(
            () ->
                http.send(HttpRequest.newBuilder(uri("/v1/jobs")).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void other_addresses_than_this_machine_s_own_need_keys_or_a_word() {
    assertThatThrownBy(() -> settings(Map.of("http.bind", "0.0.0.0")))
        .hasMessageContaining("http.bind")
        .hasMessageContaining("tokens would travel unencrypted: set http.keystore");
    assertThatThrownBy(() -> settings(Map.of("ftp.bind", "0.0.0.0")))
        .hasMessageContaining("ftp.bind");
    assertThat(settings(Map.of("http.bind", "0.0.0.0", "http.plain", "true")).http().tls())
        .isNull();
    IngestSettings encrypted =
        settings(
            Map.of(
                "http.bind", "0.0.0.0",
                "http.keystore", keys.keystore().toString(),
                "http.keystorePassword", keys.password()));
    assertThat(encrypted.http().tls()).isEqualTo(keys);
  }

  @Test
  void keys_that_cannot_be_used_are_named_at_the_start() {
    assertThatThrownBy(() -> serve(new TlsKeys(keys.keystore(), "wrong")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.keystorePassword");
    assertThatThrownBy(() -> serve(new TlsKeys(folder.resolve("missing.p12"), "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing.p12")
        .hasMessageNotContaining("port");
  }

  private static void serve(TlsKeys keys) throws IOException {
    HttpServer.start(new HttpServer.Address("127.0.0.1", 0, keys), List.of()).close();
  }

  private static IngestSettings settings(Map<String, String> flags) {
    SettingsReader reader = new SettingsReader(flags, Map.of());
    IngestSettings settings = IngestSettings.from(reader);
    reader.finish();
    return settings;
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(keys.keystore().toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("castloom", store.getCertificate("castloom"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, factory.getTrustManagers(), null);
    return tls;
  }

  private static String curl(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS"));
    command.addAll(List.of(args));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream said = curl.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
