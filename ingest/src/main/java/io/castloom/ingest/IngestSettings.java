package io.castloom.ingest;

import io.castloom.domain.job.Job;
import io.castloom.ingest.access.TlsKeys;
import io.castloom.ingest.delivery.DeliverySettings;
import io.castloom.ingest.ftp.FtpService;
import io.castloom.ingest.http.HttpServer;
import io.castloom.ingest.intake.IntakePolicy;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.settings.SettingsReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be set about ingest.
 *
 * @param ftp null when there is none
 * @param spool the folder for uploads in progress; used by one process at a time
 * @param spoolBytes what they may take together
 * @param partsAtOnce parts on their way to the store at the same time
 * @param largestWindow unstarted messages of a class for an account, at most
 */
public record IngestSettings(
    HttpServer.Address http,
    FtpService.@Nullable Address ftp,
    IntakePolicy intake,
    Path spool,
    long spoolBytes,
    int partsAtOnce,
    int largestWindow,
    DeliverySettings delivery) {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Reads them. */
  public static IngestSettings from(SettingsReader reader) {
    TlsKeys tls = tls(reader);
    boolean plain =
        reader.flag(
            "http.plain",
            false,
            "allow HTTP and FTP without TLS on other addresses than this machine's own");
    HttpServer.Address http =
        new HttpServer.Address(
            bind(reader, "http.bind", "the API's address", plain || tls != null),
            reader.integer("http.port", 8080, 0, 65_535, "the API's port; 0 for a free one"),
            tls,
            publicUrl(reader));
    return new IngestSettings(
        http,
        ftp(reader, tls, plain),
        intake(reader),
        reader.path(
            "intake.spool",
            Path.of(System.getProperty("java.io.tmpdir"), "castloom-spool"),
            "the folder for uploads in progress"),
        reader.size(
            "intake.spoolSize", 20 * GIB, 64 * MIB, 1L << 50, "what they may take together"),
        reader.integer(
            "intake.partsAtOnce", 4, 1, 64, "parts on their way to the store at the same time"),
        JobEngine.largestWindow(reader),
        DeliverySettings.from(reader));
  }

  private static @Nullable URI publicUrl(SettingsReader reader) {
    URI url =
        reader.address(
            "http.publicUrl",
            "where clients reach the API, when a proxy in front has paths of its own: Location"
                + " begins with it (relative unless set)");
    return url == null ? null : URI.create(url.toString().replaceAll("/+$", ""));
  }

  private static IntakePolicy intake(SettingsReader reader) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new IntakePolicy(
        reader.size("intake.maxUpload", 20 * GIB, 1, 500 * GIB, "the largest file that is taken"),
        reader.size(
            "intake.directSize",
            256 * MIB,
            0,
            4 * GIB,
            "up to this, a file that came without a digest is hashed before any of it is sent to"
                + " the store"),
        reader.integer("intake.probesAtOnce", 2 * cores, 1, 256, "probes at the same time"),
        new Job.Policy(
            reader.duration(
                "jobs.segmentAbove",
                Job.Policy.DEFAULT.segmentAbove(),
                Duration.ZERO,
                Duration.ofDays(365),
                "longer recordings are encoded in segments"),
            reader.duration(
                "jobs.segmentLength",
                Job.Policy.DEFAULT.segmentLength(),
                Duration.ofSeconds(10),
                Duration.ofHours(10),
                "about how long a segment is")),
        Callbacks.reach(reader));
  }

  private static FtpService.@Nullable Address ftp(
      SettingsReader reader, @Nullable TlsKeys tls, boolean plain) {
    boolean enabled = reader.flag("ftp.enabled", true, "whether FTP is served");
    FtpService.Address address =
        new FtpService.Address(
            bind(reader, "ftp.bind", "FTP's address", plain || tls != null),
            reader.integer("ftp.port", 2121, 0, 65_535, "FTP's port; 0 for a free one"),
            reader.text("ftp.passivePorts", "30000-30099", "ports for data; 0 for any free ones"),
            reader.optionalText(
                "ftp.passiveAddress", "the address that clients are told, behind a translator"),
            tls,
            reader.flag("ftp.requireTls", tls != null, "whether logins need TLS"));
    return enabled ? address : null;
  }

  private static @Nullable TlsKeys tls(SettingsReader reader) {
    String keystore =
        reader.optionalText("http.keystore", "PKCS #12 file with key and certificate, for TLS");
    String password = reader.optionalText("http.keystorePassword", "its password");
    return keystore == null
        ? null
        : new TlsKeys(Path.of(keystore), password == null ? "" : password);
  }

  private static String bind(SettingsReader reader, String key, String about, boolean anywhere) {
    return reader.custom(
        key,
        "127.0.0.1",
        about,
        text -> {
          if (!anywhere && !loopback(text)) {
            throw new IllegalArgumentException(
                "tokens would travel unencrypted: set http.keystore, or http.plain=true behind a"
                    + " proxy that has TLS");
          }
          return text;
        });
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no such address", e);
    }
  }
}
