package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.local.system.LocalSystem;
import io.castloom.local.system.Ready;
import io.castloom.service.settings.SettingsException;
import io.castloom.tests.splice.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest with a certificate, and clients that others wrote. */
@Timeout(120)
final class EncryptedDoorsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private LocalSystem start(Map<String, String> settings) throws Exception {
    return LocalSystem.start(
        new LocalSystem.Options(
            folder.resolve("data"),
            LocalSystem.CloudKind.EMBEDDED,
            EmbeddedCloud.Ports.FREE,
            0,
            0,
            ProcessFleetSettings.ofMax(1),
            settings),
        InstantSource.system());
  }

  @Test
  void whoever_checks_the_certificate_comes_in_and_nobody_comes_in_without_encryption()
      throws Exception {
    Path keystore = folder.resolve("keys.p12");
    Path certificate = certificate(keystore);
    Path recording = recording();
    try (LocalSystem system =
        start(
            Map.of(
                "http.bind",
                "0.0.0.0",
                "ftp.bind",
                "0.0.0.0",
                "http.keystore",
                keystore.toString(),
                "http.keystorePassword",
                PASSWORD))) {
      Ready ready = system.ready();
      assertThat(ready.http()).startsWith("https://");
      String api = "localhost:" + URI.create(ready.http()).getPort();
      String ftp = "ftp://localhost:" + URI.create(ready.ftp()).getPort();
      String bearer = "Authorization: Bearer " + ready.token();
      String user = "demo:" + ready.token();
      String trusted = certificate.toString();
      String file = recording.toString();

      String upload = "https://" + api + "/v1/uploads/by-http.flac";
      assertThat(curl("--cacert", trusted, "-T", file, "-H", bearer, upload)).contains("\"job\"");
      assertThat(curl("-T", file, "-H", bearer, upload)).contains("certificate");
      assertThat(curl("-H", bearer, "http://" + api + "/v1/jobs")).doesNotContain("jobs");

      assertThat(
              curl("-v", "--ssl-reqd", "--cacert", trusted, "-T", file, "-u", user, ftp + "/in/"))
          .contains("226", "it is job");
      assertThat(curl("-v", "-T", file, "-u", user, ftp + "/in/")).contains("530");
      assertThat(curl("--cacert", trusted, "-H", bearer, "https://" + api + "/v1/jobs"))
          .contains("by-http.flac", recording.getFileName().toString());

      Programs.require("lftp");
      String rc = "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 15;";
      String sure = rc + "set ssl:ca-file " + trusted + "; set ftp:ssl-force true;";
      assertThat(lftp(sure + "put " + file + " -o /in/by-lftp.flac; cat /status.txt", user, ftp))
          .contains("by-lftp.flac");
      assertThat(lftp(rc + "set ftp:ssl-allow false; ls /", user, ftp)).contains("530");
    }
  }

  @Test
  void doors_that_others_can_reach_are_not_opened_without_a_certificate() {
    assertThatThrownBy(() -> start(Map.of("http.bind", "0.0.0.0")).close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("http.bind")
        .hasMessageContaining("tokens would travel unencrypted");
    assertThat(folder).isEmptyDirectory();
  }

  private Path recording() throws IOException {
    Path file = folder.resolve("by-ftp.flac");
    try (InputStream sound =
        getClass().getResourceAsStream("/io/castloom/local/demo/field-note.flac")) {
      Files.copy(Objects.requireNonNull(sound), file);
    }
    return file;
  }

  private static Path certificate(Path keystore) throws Exception {
    Path pem = keystore.resolveSibling("certificate.pem");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> where =
        List.of("-keystore", keystore.toString(), "-storepass", PASSWORD, "-alias", "castloom");
    List<String> make = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "EC"));
    make.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
    make.addAll(List.of("-storetype", "PKCS12"));
    make.addAll(where);
    said(make);
    List<String> export = new ArrayList<>(List.of(keytool, "-exportcert", "-rfc", "-file"));
    export.add(pem.toString());
    export.addAll(where);
    said(export);
    assertThat(pem).exists();
    return pem;
  }

  private static String curl(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
    command.addAll(List.of(args));
    return said(command);
  }

  private static String lftp(String commands, String user, String url) throws IOException {
    String[] who = user.split(":", 2);
    return said(List.of("lftp", "-u", who[0] + "," + who[1], "-e", commands + "; bye", url));
  }

  private static String said(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream said = process.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
