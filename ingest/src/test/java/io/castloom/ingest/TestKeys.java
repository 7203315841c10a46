package io.castloom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.ingest.access.TlsKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key and a certificate for {@code localhost} that signs itself, made by the JDK's keytool. */
public final class TestKeys {
  private TestKeys() {}

  public static TlsKeys in(Path folder) throws Exception {
    Path keystore = folder.resolve("keys.p12");
    keytool(
        keystore,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    return new TlsKeys(keystore, "changeit");
  }

  /** The certificate as a PEM file, for a client that is to trust it. */
  public static Path certificate(TlsKeys keys) throws Exception {
    Path pem = keys.keystore().resolveSibling("certificate.pem");
    keytool(keys.keystore(), "-exportcert", "-rfc", "-file", pem.toString());
    return pem;
  }

  private static void keytool(Path keystore, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    command.addAll(List.of("-keystore", keystore.toString(), "-storetype", "PKCS12", "-storepass"));
    command.addAll(List.of("changeit", "-alias", "castloom"));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
