package io.castloom.ffmpeg;

import io.castloom.domain.media.MediaTools;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The media tools by ffmpeg. Every run is caged: local bytes only, known containers and decoders
 * only, no environment, limits of time, stall, output and memory. Safe for many threads.
 */
public final class FfmpegTools implements MediaTools {

  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final Duration COUNT = Duration.ofMinutes(1);
  private static final Duration STALL = Duration.ofMinutes(1);

  private static final double TASTE_SECONDS = 10;

  /** A file whose header says less than the truth may play this much longer than it says. */
  private static final double LENIENCE = 4;

  private final Ffmpeg programs;

  public FfmpegTools(Ffmpeg programs) {
    this.programs = Objects.requireNonNull(programs);
  }

  @Override
  public String encoderBuild() {
    return programs.build();
  }

  @Override
  public ProbeOutcome probe(Path file, String filename) throws IOException, InterruptedException {
    String refusal = Sniff.refusal(file);
    if (refusal != null) {
      return new ProbeOutcome.Refused(refusal);
    }
    Path input = file.toAbsolutePath();
    ToolRun.Ended look =
        new ToolRun(Limits.forLooking(LOOK), programs.ffprobe(), Arguments.probe(input), line -> {})
            .collecting(2 << 20)
            .run();
    if (!look.succeeded()) {
      return new ProbeOutcome.Refused(Reasons.ofLook(look));
    }
    ProbeReading reading = new ProbeReading(Flat.parse(look.stdout()), Files.size(file));
    double counted = -1;
    if (reading.needsCounting()) {
      counted = seconds(Arguments.count(input, reading.track()), COUNT);
    }
    return switch (reading.read(counted)) {
      case ProbeOutcome.Refused refused -> refused;
      case ProbeOutcome.Recognised(SourceMedia media) -> verify(input, media, reading.guessed());
    };
  }

  /** Catches files that were cut off, and noise that happens to look like frames. */
  private ProbeOutcome verify(Path input, SourceMedia media, boolean guessed)
      throws IOException, InterruptedException {
    double part = Completeness.of(input, media.container());
    if (part < 0.999 && part * media.sizeBytes() < media.sizeBytes() - 4096) {
      return cutOff(part);
    }
    double length = media.duration().toNanos() / 1e9;
    if (guessed) {
      double tasted = seconds(Arguments.taste(input, media.track(), 0, TASTE_SECONDS), LOOK);
      if (tasted < Math.min(length, TASTE_SECONDS) / 2) {
        return new ProbeOutcome.Refused(Reasons.NO_RECORDING);
      }
    }
    if (media.container().equals("flac") && media.samples() > 0) {
      double from = Math.max(0, length - 1);
      if (seconds(Arguments.taste(input, media.track(), from, 2), LOOK) < (length - from) / 2) {
        return cutOff(Double.NaN);
      }
    }
    return new ProbeOutcome.Recognised(media);
  }

  private static ProbeOutcome cutOff(double part) {
    String share = Double.isNaN(part) ? "" : " after %.0f %% of its sound".formatted(part * 100);
    return new ProbeOutcome.Refused(
        "this file was cut off" + share + ": the upload or the copy before it did not finish");
  }

  private double seconds(List<String> arguments, Duration time)
      throws IOException, InterruptedException {
    ProgressLines lines = new ProgressLines(seconds -> {});
    new ToolRun(Limits.forLooking(time), programs.ffmpeg(), arguments, lines).run();
    return lines.seconds();
  }

  @Override
  public EncodeOutcome encode(EncodeRequest request, Progress progress)
      throws IOException, InterruptedException {
    Path output = request.output().toAbsolutePath();
    Path partial = output.resolveSibling(output.getFileName() + ".part");
    double declared = request.media().duration().toNanos() / 1e9;
    double most = declared * LENIENCE + 600;
    Limits limits =
        new Limits(
            Duration.ofSeconds(60 + (long) (declared * 1.5)),
            STALL,
            Arguments.mostBytes(request.profile(), most),
            Limits.MEMORY,
            Objects.requireNonNull(output.getParent()));
    ProgressLines lines = new ProgressLines(progress);
    EncodeRequest absolute =
        new EncodeRequest(
            request.input().toAbsolutePath(),
            request.media(),
            request.profile(),
            request.gainDb(),
            output);
    try {
      ToolRun.Ended ended =
          new ToolRun(limits, programs.ffmpeg(), Arguments.encode(absolute, partial), lines).run();
      if (!ended.succeeded()) {
        return new EncodeOutcome.Failed(Reasons.ofRun(ended, limits, request.media().duration()));
      }
      Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
      return new EncodeOutcome.Encoded(lines.seconds());
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
