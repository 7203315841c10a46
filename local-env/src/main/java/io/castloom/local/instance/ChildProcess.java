package io.castloom.local.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that stands for an instance. It never outlives this JVM (see {@link ParentWatch}). */
public final class ChildProcess {

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it, with {@link ParentWatch#VARIABLE} set and all its output appended to a file.
   *
   * @throws IOException the program cannot be started
   */
  public static ChildProcess start(ProcessBuilder builder, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    builder.environment().put(ParentWatch.VARIABLE, "stdin");
    builder
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ChildProcess(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Completes with the exit code when it has ended. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Asks it to end (SIGTERM, as a machine does when it is shut down), and kills it and its children
   * when it has not ended in time. Returns at once.
   */
  public void stop(Duration patience) {
    // Not Process.destroy: that closes the pipe, which means that the parent is gone.
    process.toHandle().destroy();
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::kill);
  }

  /** Waits for its end, and kills it when that does not come in time. */
  public void awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  /** Ends it and its children without asking, as when a machine is lost. */
  public void kill() {
    if (process.isAlive()) {
      List<ProcessHandle> children = process.descendants().toList();
      process.toHandle().destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
