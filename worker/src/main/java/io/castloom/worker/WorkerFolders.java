package io.castloom.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The worker's folders on its disk, empty: what an earlier process of the same instance left is of
 * no use to anybody.
 */
record WorkerFolders(Path cache, Path scratch) implements AutoCloseable {

  static WorkerFolders fresh(Path folder) throws IOException {
    Path own = Files.createDirectories(folder).toAbsolutePath();
    WorkerFolders folders = new WorkerFolders(own.resolve("cache"), own.resolve("scratch"));
    folders.close();
    Files.createDirectories(folders.cache());
    Files.createDirectories(folders.scratch());
    return folders;
  }

  @Override
  public void close() throws IOException {
    for (Path folder : List.of(cache, scratch)) {
      if (Files.isDirectory(folder)) {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
          all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
