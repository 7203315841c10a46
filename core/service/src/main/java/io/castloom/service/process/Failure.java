package io.castloom.service.process;

import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.store.NoSuchStoreException;
import io.castloom.service.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/**
 * A fault in one line, for whoever started the process: what is wrong and what to do.
 *
 * @param exitCode 1 failed, 2 used wrongly
 * @param isBug whether the stack trace belongs in the log
 */
public record Failure(String message, int exitCode, boolean isBug) {

  /** Puts a fault into words. */
  public static Failure of(Throwable fault) {
    return switch (fault) {
      case SettingsException wrong -> new Failure(text(wrong), 2, false);
      case BindException taken -> new Failure(text(taken), 1, false);
      case NoSuchStoreException missing -> new Failure(text(missing), 1, false);
      case NoSuchQueueException missing -> new Failure(text(missing), 1, false);
      case FileSystemException file -> new Failure(ofFile(file), 1, false);
      case IOException io when isFull(io) ->
          new Failure("the disk is full: free some space and start again", 1, false);
      case IOException io -> new Failure(text(io), 1, false);
      case UncheckedIOException io -> of(Objects.requireNonNull(io.getCause()));
      case InterruptedException _ -> new Failure("interrupted while starting", 1, false);
      case IllegalArgumentException wrong -> new Failure(text(wrong), 2, true);
      case Throwable bug -> new Failure("unexpected: " + bug, 1, true);
    };
  }

  private static String ofFile(FileSystemException file) {
    String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
    return isFull(file)
        ? "the disk is full: no room for " + file.getFile() + "; free some space and start again"
        : file.getFile() + ": " + reason;
  }

  private static boolean isFull(IOException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.contains("No space left on device")
        || message.contains("not enough space")
        || message.contains("Disk quota exceeded");
  }

  private static String text(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message;
  }
}
