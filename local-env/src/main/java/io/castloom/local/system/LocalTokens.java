package io.castloom.local.system;

import io.castloom.domain.account.AccountId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The tokens of a data folder: 256 random bits each, in files that only their owner reads. */
final class LocalTokens {

  private final Path folder;

  private LocalTokens(Path folder) {
    this.folder = folder;
  }

  static LocalTokens of(Path data) throws IOException {
    return new LocalTokens(Files.createDirectories(data.resolve("tokens")));
  }

  /** The account's token; made when it is asked for the first time. */
  String token(AccountId account) throws IOException {
    Path file = folder.resolve(account.value());
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token =
        account.value() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return Files.readString(file).strip();
    }
    Files.writeString(file, token + "\n");
    return token;
  }
}
