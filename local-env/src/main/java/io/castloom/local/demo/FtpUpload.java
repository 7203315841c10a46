package io.castloom.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;

/** Uploads as any FTP client would. */
final class FtpUpload {

  private FtpUpload() {}

  /** Stores the file as {@code /in/<name>}; the server's last words come back. */
  static String store(URI server, String account, String token, Path file) throws IOException {
    FTPClient client = new FTPClient();
    try {
      client.connect(server.getHost(), server.getPort());
      if (!client.login(account, token)) {
        throw new IOException("FTP refuses " + account + ": " + client.getReplyString().strip());
      }
      client.enterLocalPassiveMode();
      client.setFileType(FTP.BINARY_FILE_TYPE);
      try (InputStream in = Files.newInputStream(file)) {
        if (!client.storeFile("/in/" + file.getFileName(), in)) {
          throw new IOException(file + " was refused: " + client.getReplyString().strip());
        }
      }
      String words = client.getReplyString().strip();
      client.logout();
      return words;
    } finally {
      if (client.isConnected()) {
        client.disconnect();
      }
    }
  }
}
