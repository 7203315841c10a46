package io.castloom.ffmpeg;

import com.github.kokorin.jaffree.JaffreeException;
import com.github.kokorin.jaffree.process.ProcessHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One run of ffmpeg or ffprobe within its {@link Limits}: in its own folder, with an empty
 * environment (no credentials), its end awaited without a pause, its last words kept. Jaffree
 * starts it and cleans up behind it.
 */
final class ToolRun extends ProcessHandler<ToolRun.Ended> {

  /** How a run ended. */
  enum How {
    EXITED,
    TOO_LONG,
    STALLED,
    INTERRUPTED
  }

  /**
   * What a run left.
   *
   * @param exit its exit status; 128 plus the signal's number when it was killed
   * @param stderrTail its last words, at most 4,000 characters
   */
  record Ended(How how, int exit, String stdout, String stderrTail) {
    boolean succeeded() {
      return how == How.EXITED && exit == 0;
    }
  }

  private static final int TAIL_CHARACTERS = 4_000;
  private static final long LOOK_MILLIS = 250;

  /**
   * {@code $0} is the folder, {@code $1} to {@code $3} the limits in kB, 512-byte blocks and
   * seconds. A shell that cannot set one goes on: macOS has no limit of address space. The policy
   * for batches (sched(7)) lets the encoder's threads run on instead of waking each other for every
   * frame: 3 % less processor time on Linux 6, and nothing else that waits has to wait for them.
   */
  private static final String CAGE =
      "cd \"$0\" || exit 126; ulimit -c 0; ulimit -v $1 2>/dev/null; ulimit -f $2 2>/dev/null;"
          + " ulimit -t $3 2>/dev/null; shift 3; chrt -b -p 0 $$ >/dev/null 2>&1;"
          + " exec env -i PATH=\"$PATH\" LC_ALL=C HOME=\"$PWD\""
          + " ${LD_LIBRARY_PATH:+LD_LIBRARY_PATH=\"$LD_LIBRARY_PATH\"} \"$@\"";

  private final Limits limits;
  private final Consumer<String> stdoutLines;
  private final AtomicLong lastSign = new AtomicLong(System.nanoTime());
  private int keepStdout;

  /**
   * @param stdoutLines hears each line of the standard output; every line is a sign of life
   */
  ToolRun(Limits limits, Path program, List<String> arguments, Consumer<String> stdoutLines) {
    super(Path.of("/bin/sh"), program.getFileName().toString());
    this.limits = limits;
    this.stdoutLines = stdoutLines;
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-c", CAGE, limits.folder().toString()));
    command.add(Long.toString(limits.memoryBytes() >> 10));
    command.add(Long.toString(limits.outputBytes() / 512 + 1));
    command.add(Long.toString(limits.time().toSeconds() + 1));
    command.add(program.toString());
    command.addAll(arguments);
    setArguments(List.copyOf(command));
  }

  /** Keeps the standard output, up to this many characters. */
  ToolRun collecting(int characters) {
    keepStdout = characters;
    return this;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException it could not be started
   * @throws InterruptedException this thread was interrupted; the tool is dead
   */
  Ended run() throws IOException, InterruptedException {
    Ended ended;
    try {
      ended = execute();
    } catch (JaffreeException e) {
      throw new IOException("cannot start ffmpeg: " + e.getMessage(), e);
    }
    if (ended.how() == How.INTERRUPTED) {
      throw new InterruptedException("while a media tool ran");
    }
    return ended;
  }

  @Override
  protected Ended interactWithProcess(Process process) {
    StringBuilder stdout = new StringBuilder();
    Deque<String> tail = new ArrayDeque<>();
    Thread out =
        Thread.ofVirtual()
            .start(
                () ->
                    lines(
                        process.getInputStream(),
                        line -> {
                          lastSign.set(System.nanoTime());
                          if (stdout.length() + line.length() < keepStdout) {
                            stdout.append(line).append('\n');
                          }
                          stdoutLines.accept(line);
                        }));
    Thread err =
        Thread.ofVirtual().start(() -> lines(process.getErrorStream(), line -> keep(tail, line)));
    How how;
    try {
      how = await(process);
      if (how != How.EXITED) {
        kill(process);
      }
      out.join();
      err.join();
    } catch (InterruptedException e) {
      kill(process);
      how = How.INTERRUPTED;
    }
    int exit = how == How.EXITED ? process.exitValue() : -1;
    return new Ended(how, exit, stdout.toString(), how == How.INTERRUPTED ? "" : joined(tail));
  }

  private How await(Process process) throws InterruptedException {
    long start = System.nanoTime();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      if (now - start > limits.time().toNanos()) {
        return How.TOO_LONG;
      }
      if (now - Math.max(start, lastSign.get()) > limits.stall().toNanos()) {
        return How.STALLED;
      }
    }
    return How.EXITED;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean interrupted = false;
    try {
      process.waitFor(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void lines(InputStream stream, Consumer<String> hearer) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        hearer.accept(line);
      }
    } catch (IOException e) {
      // The stream was closed because the process was killed: what was read is kept.
    }
  }

  private static void keep(Deque<String> tail, String line) {
    synchronized (tail) {
      tail.addLast(line.length() > 500 ? line.substring(0, 500) : line);
      if (tail.size() > 60) {
        tail.removeFirst();
      }
    }
  }

  private static String joined(Deque<String> tail) {
    synchronized (tail) {
      String all = String.join("\n", tail);
      return all.substring(Math.max(0, all.length() - TAIL_CHARACTERS));
    }
  }
}
