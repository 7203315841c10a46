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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the segments of a sound lie, and the encoding of one of them. */
final class SegmentEncoder {

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
   * The same segment with more to come into the right state; itself when there is no more.
   *
   * @param span as it was cut
   * @param times how many times the usual pre-roll
   */
  Span withPreRoll(Span span, int times) {
    return plan.withPreRoll(span, times);
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
