package io.castloom.ingest.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded folder on this machine's disk, where a recording lies while it comes in: the probe
 * wants a file, and a part that is sent again to the store is read from here and not from memory.
 *
 * <p>Nothing in it outlives the process; what an earlier one left is removed at the start.
 */
public final class Spool {
  /** Disk that is left to others. */
  private static final long SPARE_BYTES = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final Path folder;
  private final FileStore disk;
  private final long maxBytes;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicLong names = new AtomicLong();

  /**
   * @param folder made when missing; only this process uses it
   * @param maxBytes the most that all uploads in progress may take
   */
  public Spool(Path folder, long maxBytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.disk = Files.getFileStore(folder);
    this.maxBytes = maxBytes;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.upload")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * A new, empty file.
   *
   * @param expectedBytes how long it will be; 0 when nobody knows
   * @param limitBytes how long it may become
   * @throws SpoolFullException there is no room for so much
   */
  public SpoolFile begin(long expectedBytes, long limitBytes) throws IOException {
    Path path = folder.resolve(names.incrementAndGet() + ".upload");
    return new SpoolFile(this, path, expectedBytes, limitBytes);
  }

  /** What uploads in progress take or have announced, in bytes. */
  public long reservedBytes() {
    return reserved.get();
  }

  /** The most that uploads in progress may take, in bytes. */
  public long maxBytes() {
    return maxBytes;
  }

  void reserve(long bytes) throws IOException {
    if (reserved.addAndGet(bytes) > maxBytes) {
      reserved.addAndGet(-bytes);
      throw new SpoolFullException(
          "uploads in progress may take " + Sizes.text(maxBytes) + " of its disk together");
    }
    long free = disk.getUsableSpace();
    if (free < bytes + SPARE_BYTES) {
      reserved.addAndGet(-bytes);
      if (!full.getAndSet(true)) {
        LOG.warn(
            "uploads are refused: {} has {} MiB free, and {} MiB must stay free beside {} MiB of an"
                + " upload; free some, or move the folder (intake.spool)",
            folder,
            free >> 20,
            SPARE_BYTES >> 20,
            bytes >> 20);
      }
      throw new SpoolFullException("its disk is full");
    }
    if (full.getAndSet(false)) {
      LOG.info("uploads are taken again: {} has {} MiB free", folder, free >> 20);
    }
  }

  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }
}
