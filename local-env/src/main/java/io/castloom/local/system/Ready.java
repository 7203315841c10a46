package io.castloom.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.databind.json.JsonMapper;

/**
 * How to reach a running system; written to {@code ready.json} once everything answers.
 *
 * @param http address of API, feeds and media
 * @param ftp address of FTP
 * @param admin address of ingest's health and metrics
 * @param account an account that can upload
 * @param token its token
 * @param operatorToken for what only operators may
 * @param console address for the browser
 * @param s3 endpoint of the object store
 * @param sqs endpoint of the queues
 */
public record Ready(
    String http,
    String ftp,
    String admin,
    String account,
    String token,
    String operatorToken,
    String console,
    String s3,
    String sqs) {

  /** The file's name in the data folder. */
  public static final String FILE = "ready.json";

  /** One line for people and scripts. */
  public String line() {
    return "castloom ready http=%s ftp=%s account=%s token=%s console=%s"
        .formatted(http, ftp, account, token, console);
  }

  void writeTo(Path data) throws IOException {
    Path file = data.resolve(FILE);
    Path part = data.resolve(FILE + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        part, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  static void removeFrom(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }
}
