package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A tool that does not end, writes too much, or needs too much is ended as a whole. */
@Execution(ExecutionMode.SAME_THREAD)
final class CageTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void a_run_that_takes_too_long_is_killed() throws Exception {
    ToolRun.Ended ended = run(limits(Duration.ofMillis(600), LONG, 1 << 30), endless("-re"));
    assertThat(ended.how()).isEqualTo(ToolRun.How.TOO_LONG);
  }

  @Test
  void a_run_that_shows_no_progress_is_killed() throws Exception {
    List<String> silent = new ArrayList<>(endless("-re"));
    silent.removeAll(List.of("-progress", "pipe:1"));
    ToolRun.Ended ended = run(limits(LONG, Duration.ofMillis(600), 1 << 30), silent);
    assertThat(ended.how()).isEqualTo(ToolRun.How.STALLED);
  }

  @Test
  void a_run_that_writes_too_much_ends_and_the_reason_says_so() throws Exception {
    Limits limits = limits(LONG, LONG, 100_000);
    ToolRun.Ended ended = run(limits, endless("-nostats"));
    assertThat(ended.succeeded()).isFalse();
    assertThat(Reasons.ofRun(ended, limits, Duration.ofSeconds(3)).reason())
        .contains("far longer than the 3 s");
    assertThat(Files.size(folder.resolve("out.wav"))).isLessThan(200_000);
  }

  @Test
  void an_interrupted_run_leaves_no_process_behind() throws Exception {
    CountDownLatch alive = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    new ToolRun(
                            limits(LONG, LONG, 1 << 30),
                            Sounds.PROGRAMS.ffmpeg(),
                            endless("-re"),
                            line -> alive.countDown())
                        .run();
                  } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    alive.await();
    thread.interrupt();
    thread.join();
    assertThat(ProcessHandle.current().children().map(ProcessHandle::info))
        .noneMatch(info -> info.commandLine().orElse("").contains(folder.toString()));
  }

  @Test
  void a_tool_sees_no_credentials() throws Exception {
    ToolRun.Ended ended =
        new ToolRun(limits(LONG, LONG, 0), Path.of("/usr/bin/env"), List.of(), line -> {})
            .collecting(10_000)
            .run();
    assertThat(ended.stdout().lines().map(line -> line.replaceAll("=.*", "")))
        .isSubsetOf("PATH", "LC_ALL", "HOME", "LD_LIBRARY_PATH", "PWD", "_", "SHLVL", "OLDPWD");
  }

  @Test
  void without_any_ffmpeg_the_message_says_what_to_type() {
    Map<String, String> bare = Map.of("PATH", folder.toString());
    FfmpegSearch search =
        new FfmpegSearch(
            bare,
            () -> {
              throw new IOException("none for this platform");
            });
    assertThatThrownBy(search::find)
        .isInstanceOf(FfmpegMissingException.class)
        .hasMessageContaining("none for this platform")
        .hasMessageContaining("Type: ");
  }

  @Test
  void a_system_ffmpeg_without_an_encoder_is_not_taken() throws Exception {
    for (String name : List.of("ffmpeg", "ffprobe")) {
      Path fake = folder.resolve(name);
      Files.writeString(fake, "#!/bin/sh\necho 'ffmpeg version 7.1 built'\n");
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
    FfmpegSearch search =
        new FfmpegSearch(
            Map.of("PATH", folder.toString()),
            () -> {
              throw new IOException("does not start");
            });
    assertThatThrownBy(search::find).hasMessageContaining("no encoder libmp3lame");
  }

  private ToolRun.Ended run(Limits limits, List<String> arguments) throws Exception {
    return new ToolRun(limits, Sounds.PROGRAMS.ffmpeg(), arguments, line -> {}).run();
  }

  private Limits limits(Duration time, Duration stall, long outputBytes) {
    return new Limits(time, stall, outputBytes, Limits.MEMORY, folder);
  }

  private List<String> endless(String pace) {
    return List.of(
        "-nostdin",
        "-v",
        "error",
        "-progress",
        "pipe:1",
        pace,
        "-f",
        "lavfi",
        "-i",
        "sine",
        "-y",
        folder.resolve("out.wav").toString());
  }
}
