package io.castloom.local.cloud;

import io.castloom.aws.AwsSettings.AccessKey;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The credentials of a data folder: two lines, readable by the owner only. */
final class KeyFile {

  private KeyFile() {}

  static AccessKey readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[40];
      new SecureRandom().nextBytes(random);
      String hex = HexFormat.of().withUpperCase().formatHex(random);
      Path whole = file.resolveSibling("key.new");
      Files.deleteIfExists(whole);
      Files.createFile(whole, ownerOnly());
      Files.write(whole, List.of("CASTLOOM" + hex.substring(0, 16), hex.substring(16)));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
      throw new IOException(
          file + " should hold two lines, an access key and its secret: delete it for new ones");
    }
    return new AccessKey(lines.get(0).strip(), lines.get(1).strip());
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
