package io.castloom.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.instance.ParentWatch;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose own process is killed. */
@Tag("slow")
final class KilledParentTest {

  @TempDir Path logs;

  private static ProcessBuilder java(Class<?> main, String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** The one that is killed. Prints its instance's process. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      ProcessFleet fleet =
          new ProcessFleet(
              Path.of(arguments[0]),
              (id, kind) -> java(Child.class),
              ProcessFleetSettings.ofMax(1),
              InstantSource.system());
      fleet.launch(new LaunchRequest("a", TaskKind.TRANSCODE, 1, List.of(), 0));
      while (ProcessHandle.current().children().findAny().isEmpty()) {
        Thread.onSpinWait();
      }
      System.out.println(ProcessHandle.current().children().findAny().orElseThrow().pid());
      new CountDownLatch(1).await();
    }
  }

  /** The instance: never ends by itself, and takes long to stop. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfAsked(System.getenv());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void takes_its_instances_with_it() throws Exception {
    Process parent =
        java(Parent.class, logs.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.matches("\\d+")) {
        line = lines.readLine();
      }
      ProcessHandle child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
      parent.toHandle().destroyForcibly();
      assertThat(child.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
