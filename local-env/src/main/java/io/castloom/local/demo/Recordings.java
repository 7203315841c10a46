package io.castloom.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The demo's own recordings, unpacked. */
final class Recordings {

  private final Path folder;

  Recordings(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** A recording by its name among the resources. */
  Path get(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try (InputStream in =
          Objects.requireNonNull(Recordings.class.getResourceAsStream(name), name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  /** The folder itself, for what is made of them. */
  Path folder() {
    return folder;
  }
}
