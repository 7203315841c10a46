package io.castloom.ffmpeg;

import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools;
import io.castloom.domain.media.ToolFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The media tools by ffmpeg. Every run is caged: local bytes only, known containers and decoders
 * only, no environment, limits of time, stall, output and memory. Safe for many threads.
 */
public final class FfmpegTools implements StageTools {

  /** Writers that count a header or a pad too much are forgiven. */
  private static final int FORGIVEN_BYTES = 4096;

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
    double missingBytes = media.sizeBytes() / Math.max(part, 1e-9) - media.sizeBytes();
    if (part < 0.999 && missingBytes > FORGIVEN_BYTES) {
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
    return encode(request, progress, part -> Arguments.encode(absolute(request), part));
  }

  @Override
  public EncodeOutcome encodePart(EncodeRequest whole, Span span, Progress progress)
      throws IOException, InterruptedException {
    return encode(whole, progress, part -> Arguments.encodePart(absolute(whole), span, part));
  }

  @Override
  public EncodeOutcome conform(EncodeRequest request, Duration fade, Progress progress)
      throws IOException, InterruptedException {
    return encode(request, progress, part -> Arguments.conform(absolute(request), fade, part));
  }

  private EncodeOutcome encode(
      EncodeRequest request, Progress progress, Function<Path, List<String>> arguments)
      throws IOException, InterruptedException {
    SourceMedia media = request.media();
    long most = Arguments.mostBytes(request.profile(), claimed(media) * LENIENCE + 600);
    return switch (write(request.output(), media, most, progress, arguments)) {
      case Written.Done(double seconds) -> new EncodeOutcome.Encoded(seconds);
      case Written.Failed(ToolFailure failure) -> new EncodeOutcome.Failed(failure);
    };
  }

  @Override
  public UnpackOutcome unpack(Path input, SourceMedia media, Path output, Progress progress)
      throws IOException, InterruptedException {
    double seconds = claimed(media) * LENIENCE + 600;
    long most = (long) (seconds * media.sampleRate() * 2 * 4);
    Path from = input.toAbsolutePath();
    Written written =
        write(output, media, most, progress, part -> Arguments.unpack(from, media, part));
    if (written instanceof Written.Failed(ToolFailure failure)) {
      return new UnpackOutcome.Failed(failure);
    }
    return switch (probe(output, "unpacked.flac")) {
      case ProbeOutcome.Recognised(SourceMedia flac) -> new UnpackOutcome.Unpacked(flac);
      case ProbeOutcome.Refused(String reason) ->
          new UnpackOutcome.Failed(
              new ToolFailure(ToolFailure.Fault.MEDIA, "no sound came out of it: " + reason, ""));
    };
  }

  @Override
  public ListenOutcome listen(
      Path input, SourceMedia media, @Nullable Span span, Path folder, Progress progress)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "listen");
    try {
      ListenFiles files = new ListenFiles(own, span);
      Limits limits = limits(media, (long) ((claimed(media) * LENIENCE + 600) * 20_000), own);
      ToolRun.Ended ended =
          new ToolRun(
                  limits,
                  programs.ffmpeg(),
                  Arguments.listen(input.toAbsolutePath(), media, files.early()),
                  new ProgressLines(progress))
              .run();
      return ended.succeeded()
          ? new ListenOutcome.Heard(files.read())
          : new ListenOutcome.Failed(Reasons.ofRun(ended, limits, media.duration()));
    } finally {
      ListenFiles.delete(own);
    }
  }

  private sealed interface Written {
    record Done(double seconds) implements Written {}

    record Failed(ToolFailure failure) implements Written {}
  }

  /** Runs ffmpeg into a partial file that takes its name only after success. */
  private Written write(
      Path to,
      SourceMedia media,
      long mostBytes,
      Progress progress,
      Function<Path, List<String>> arguments)
      throws IOException, InterruptedException {
    Path output = to.toAbsolutePath();
    Path partial = output.resolveSibling(output.getFileName() + ".part");
    Limits limits = limits(media, mostBytes, Objects.requireNonNull(output.getParent()));
    ProgressLines lines = new ProgressLines(progress);
    try {
      ToolRun.Ended ended =
          new ToolRun(limits, programs.ffmpeg(), arguments.apply(partial), lines).run();
      if (!ended.succeeded()) {
        return new Written.Failed(Reasons.ofRun(ended, limits, media.duration()));
      }
      Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
      return new Written.Done(lines.seconds());
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static Limits limits(SourceMedia media, long mostBytes, Path folder) {
    Duration time = Duration.ofSeconds(60 + (long) (claimed(media) * 1.5));
    return new Limits(time, STALL, mostBytes, Limits.MEMORY, folder);
  }

  private static double claimed(SourceMedia media) {
    return media.duration().toNanos() / 1e9;
  }

  private static EncodeRequest absolute(EncodeRequest request) {
    return new EncodeRequest(
        request.input().toAbsolutePath(),
        request.media(),
        request.profile(),
        request.gainDb(),
        request.output().toAbsolutePath());
  }
}
