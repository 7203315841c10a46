package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class ChunkPlanProperties {
  @Example
  void the_padding_repeats_every_49_frames_at_44100_and_with_every_frame_at_48000() {
    assertThat(PaddingGrid.constant(44_100, 128)).isEqualTo(new PaddingGrid(44_100, 49));
    assertThat(PaddingGrid.constant(44_100, 128).periodSamples()).isEqualTo(56_448);
    assertThat(PaddingGrid.constant(22_050, 64)).isEqualTo(new PaddingGrid(22_050, 49));
    assertThat(PaddingGrid.constant(48_000, 128)).isEqualTo(new PaddingGrid(48_000, 1));
    assertThat(PaddingGrid.constant(32_000, 96)).isEqualTo(new PaddingGrid(32_000, 1));
    assertThat(PaddingGrid.variable(44_100)).isEqualTo(new PaddingGrid(44_100, 1));
    assertThatThrownBy(() -> PaddingGrid.constant(44_100, 129)).hasMessageContaining("129 kbit/s");
  }

  @Property
  void a_period_has_a_whole_number_of_bytes(@ForAll("grids") PaddingGrid grid) {
    MpegVersion version = MpegVersion.ofRate(grid.rateHz());
    for (int index = 1; index < 15; index++) {
      PaddingGrid own = PaddingGrid.constant(grid.rateHz(), version.kbps(index));
      long bits = (long) own.periodSamples() * version.kbps(index) * 1000;
      assertThat(bits % (8L * grid.rateHz())).isZero();
    }
  }

  @Property
  void spans_are_on_the_grid_overlap_and_cover_the_recording(
      @ForAll("grids") PaddingGrid grid,
      @ForAll("inputRates") int inputRate,
      @ForAll @LongRange(min = 1, max = 500_000_000L) long samples,
      @ForAll @IntRange(min = 30, max = 600) int seconds) {
    ChunkPlan plan = new ChunkPlan(inputRate, grid, 196, 98);
    List<ChunkPlan.Span> spans = plan.cut(samples, seconds);
    int frame = MpegVersion.ofRate(grid.rateHz()).samplesPerFrame();
    assertThat(spans.getFirst().startSample()).isZero();
    ChunkPlan.Span end = spans.getLast();
    assertThat(end.last()).isTrue();
    assertThat(end.startSample() + end.samples()).isEqualTo(samples);
    for (int i = 0; i < spans.size(); i++) {
      ChunkPlan.Span span = spans.get(i);
      assertThat(span.startSample() % grid.periodSamples()).isZero();
      assertThat(span.startFrame() * frame).isEqualTo(span.startSample());
      assertThat(span.startSample() * 1_000_000 % grid.rateHz()).isZero();
      assertThat(span.startSample() * inputRate % grid.rateHz()).isZero();
      if (i > 0) {
        ChunkPlan.Span before = spans.get(i - 1);
        assertThat(before.last()).isFalse();
        long overlap = before.startSample() + before.samples() - span.startSample();
        assertThat(overlap).isGreaterThanOrEqualTo(98L * frame);
      }
      ChunkPlan.Span longer = plan.withPreRoll(span, 4);
      long added = span.startSample() - longer.startSample();
      assertThat(longer.startSample() == 0 || added >= 3L * 196 * frame).isTrue();
      assertThat(plan.withPreRoll(span, 1)).isEqualTo(span);
      ChunkPlan.Span earlier = plan.withEarlierStart(span, 3);
      long step = grid.seekableSamples(inputRate);
      assertThat(earlier.startSample()).isEqualTo(Math.max(0, span.startSample() - 3 * step));
      assertThat(earlier.startFrame() * frame).isEqualTo(earlier.startSample());
      assertThat(longer.startSample() + longer.samples())
          .isEqualTo(span.startSample() + span.samples());
      assertThat(longer.startSample() % grid.periodSamples()).isZero();
    }
  }

  @Provide
  Arbitrary<PaddingGrid> grids() {
    return Arbitraries.of(44_100, 48_000, 32_000, 22_050, 24_000, 16_000, 11_025, 12_000, 8_000)
        .map(
            rate ->
                PaddingGrid.constant(
                    rate, MpegVersion.ofRate(rate) == MpegVersion.MPEG1 ? 128 : 64));
  }

  @Provide
  Arbitrary<Integer> inputRates() {
    return Arbitraries.of(8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000);
  }
}
