package io.castloom.local.demo;

import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.local.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A long recording made of a short one, and what one ffmpeg alone makes of it. */
final class LongRecording {

  private final Ffmpeg ffmpeg;
  private final Path folder;

  LongRecording(Ffmpeg ffmpeg, Path folder) {
    this.ffmpeg = ffmpeg;
    this.folder = folder;
  }

  /** Repeats a recording to a WAV file of this length. */
  Path make(Path of, Duration length) throws Failure, IOException, InterruptedException {
    Path wav = folder.resolve("a-long-afternoon.wav");
    run(
        "-stream_loop",
        "-1",
        "-i",
        of.toString(),
        "-t",
        Long.toString(length.toSeconds()),
        "-ac",
        "2",
        wav.toString());
    return wav;
  }

  /** Cuts a recording into short ones, at most so many. */
  List<Path> pieces(Path of, int most) throws Failure, IOException, InterruptedException {
    run(
        "-i",
        of.toString(),
        "-f",
        "segment",
        "-segment_time",
        "4",
        "-c:a",
        "pcm_s16le",
        folder.resolve("piece-%02d.wav").toString());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("piece-"))
          .sorted()
          .limit(most)
          .toList();
    }
  }

  /** Encodes in one pass, as the profile mp3-128 says; gives how long that took. */
  Duration singlePass(Path wav, Path mp3) throws Failure, IOException, InterruptedException {
    long start = System.nanoTime();
    run(
        "-i",
        wav.toString(),
        "-map_metadata",
        "-1",
        "-c:a",
        "libmp3lame",
        "-b:a",
        "128k",
        "-ar",
        "44100",
        "-ac",
        "2",
        mp3.toString());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The MD5 of a file's decoded samples. */
  String soundOf(Path file) throws Failure, IOException, InterruptedException {
    return run("-i", file.toString(), "-map", "0:a", "-f", "md5", "-").strip();
  }

  private String run(String... args) throws Failure, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ffmpeg.ffmpeg().toString());
    command.addAll(List.of("-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw Failure.failed("ffmpeg failed: " + said.strip());
    }
    return said;
  }
}
