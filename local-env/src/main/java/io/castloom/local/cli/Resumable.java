package io.castloom.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Uploads that have begun, in a file of the user's cache: which address goes on with which file.
 */
final class Resumable {

  private final Path file;

  Resumable(Path file) {
    this.file = file;
  }

  /** {@code $XDG_CACHE_HOME/castloom/uploads}, in the home folder where that is not set. */
  static Resumable ofThisUser() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return new Resumable(folder.resolve("castloom").resolve("uploads"));
  }

  /** The upload's path; empty when none has begun. */
  String find(URI server, String fingerprint) throws IOException {
    return read().getProperty(server + "|" + fingerprint, "");
  }

  void keep(URI server, String fingerprint, String path) throws IOException {
    Properties all = read();
    all.setProperty(server + "|" + fingerprint, path);
    write(all);
  }

  void forget(URI server, String fingerprint) throws IOException {
    Properties all = read();
    if (all.remove(server + "|" + fingerprint) != null) {
      write(all);
    }
  }

  private Properties read() throws IOException {
    Properties all = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newInputStream(file)) {
        all.load(in);
      }
    }
    return all;
  }

  private void write(Properties all) throws IOException {
    Files.createDirectories(file.getParent());
    try (var out = Files.newOutputStream(file)) {
      all.store(out, "uploads that can be resumed");
    }
  }
}
