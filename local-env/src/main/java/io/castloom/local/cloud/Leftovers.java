package io.castloom.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed process leaves in the S3 folder: S3Proxy writes an object next to its final name,
 * with a UUID behind it, and keeps parts of uploads under {@code .mpus-...}. The first are removed
 * when they are older than the start, the others after a day, as the lifecycle rule does on AWS.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final String PART = ".mpus-";
  private static final Duration PARTS_LIVE = Duration.ofDays(1);

  private Leftovers() {}

  /** Whether a key is that of an object whose writing has not ended. */
  static boolean unfinished(String key) {
    return UNFINISHED.matcher(key).matches();
  }

  static void removeInBackground(Path folder, Instant started) {
    Thread.ofVirtual().name("leftovers").start(() -> remove(folder, started));
  }

  static void remove(Path folder, Instant started) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> stale(folder, file, started)).forEach(Leftovers::delete);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("looking for leftovers in {} ended early", folder, e); // files come and go
    }
  }

  private static boolean stale(Path folder, Path file, Instant started) {
    Path inBucket = folder.relativize(file);
    if (inBucket.getNameCount() < 2 || !Files.isRegularFile(file)) {
      return false;
    }
    boolean part = inBucket.getName(1).toString().startsWith(PART);
    Instant bound = part ? started.minus(PARTS_LIVE) : started;
    try {
      return (part || unfinished(file.getFileName().toString()))
          && Files.getLastModifiedTime(file).toInstant().isBefore(bound);
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      LOG.debug("removed {}, left by a process that was killed", file);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", file, e.getMessage());
    }
  }
}
