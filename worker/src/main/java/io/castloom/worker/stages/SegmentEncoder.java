package io.castloom.worker.stages;

import io.castloom.bitstream.mp3.ChunkPlan;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.domain.job.TaskSpec.Sound;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.MediaTools.Progress;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StageTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the segments of a sound lie, and the encoding of one of them. */
final class SegmentEncoder {

  /** Starts that are tried at a variable bit rate: of 25, 2 to 18 came into the state. */
  private static final int CHANCES = 24;

  private final Workbench bench;
  private final Sound sound;
  private final Profile profile;
  private final ChunkPlan plan;

  SegmentEncoder(Workbench bench, Sound sound, Profile profile) {
    this.bench = bench;
    this.sound = sound;
    this.profile = profile;
    int input = sound.media().sampleRate();
    this.plan =
        switch (profile.rate()) {
          case Profile.Rate.Bitrate(int kbps) ->
              ChunkPlan.constant(input, profile.sampleRate(), kbps);
          case Profile.Rate.Quality _, Profile.Rate.Lossless _ ->
              ChunkPlan.variable(input, profile.sampleRate());
        };
  }

  /** The segments: the same for everybody who asks. */
  List<Span> spans(int count) {
    int input = sound.media().sampleRate();
    long samples = sound.media().samples();
    // The resampler gives as many samples as fit, a begun one included.
    long total = Math.ceilDiv(Math.multiplyExact(samples, (long) profile.sampleRate()), input);
    return plan.cutInto(total, count);
  }

  /**
   * The same segment from earlier starts, to be tried in this order where no seam is found: at a
   * variable bit rate many near ones, as each has its own chance; then four and sixteen times the
   * pre-roll, for a silence.
   *
   * @param span as it was cut
   */
  List<Span> earlier(Span span) {
    List<Span> starts = new ArrayList<>();
    if (profile.rate() instanceof Profile.Rate.Quality) {
      for (int steps = 1; steps <= CHANCES; steps++) {
        starts.add(plan.withEarlierStart(span, steps));
      }
    }
    starts.add(plan.withPreRoll(span, 4));
    starts.add(plan.withPreRoll(span, 16));
    return starts;
  }

  /**
   * Encodes a segment.
   *
   * @param span null for all of the sound in a single pass
   */
  double encode(@Nullable Span span, double gainDb, Path output, Scratch scratch, Progress progress)
      throws IOException, InterruptedException, StageFailure {
    long ratio = sound.media().sampleRate();
    long from = span == null ? 0 : span.startSample() * ratio / profile.sampleRate();
    long samples = span == null || span.last() ? -1 : span.samples() * ratio / profile.sampleRate();
    try (Cut cut = Cut.of(bench, sound, from, samples, scratch)) {
      StageTools.Span seek = cut.span();
      EncodeRequest request = new EncodeRequest(cut.file(), cut.media(), profile, gainDb, output);
      EncodeOutcome outcome =
          seek == null
              ? bench.tools().encode(request, progress)
              : bench.tools().encodePart(request, seek, progress);
      return switch (outcome) {
        case EncodeOutcome.Encoded(double seconds) -> seconds;
        case EncodeOutcome.Failed(var failure) -> {
          bench.listener().failed("segment", failure);
          throw StageFailure.of(failure);
        }
      };
    }
  }
}
