package io.castloom.bitstream.flac;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.flac.Cutting.Stretch;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class FlacCutProperties {
  @Property
  void a_plain_frame_is_as_long_as_was_said_and_holds_its_samples(
      @ForAll @IntRange(min = 1, max = 8) int channels,
      @ForAll @IntRange(min = 4, max = 32) int bits,
      @ForAll @IntRange(min = 1, max = 5_000) int size,
      @ForAll @IntRange(min = 1, max = 1_048_575) int rateHz,
      @ForAll @LongRange(max = (1L << 36) - 1) long number,
      @ForAll long seed)
      throws Exception {
    StreamInfo info = new StreamInfo(rateHz, channels, bits, 0, StreamInfo.NO_MD5);
    Random random = new Random(seed);
    long[][] samples = new long[channels][size];
    for (long[] channel : samples) {
      for (int i = 0; i < size; i++) {
        channel[i] = random.nextLong() >> (64 - bits);
      }
    }

    byte[] frame = PlainFrame.of(info, samples, false, number);

    assertThat(frame).hasSize(PlainFrame.length(info, size, number));
    FlacHeader header = FlacHeader.read(frame, 0, frame.length);
    assertThat(header).isNotNull();
    assertThat(header.number()).isEqualTo(number);
    assertThat(header.blockSize()).isEqualTo(size);
    assertThat(FrameSamples.of(frame, info)).isDeepEqualTo(samples);
  }

  @Property
  void stretches_follow_each_other_and_none_is_too_short_or_too_long(
      @ForAll @IntRange(min = 2, max = 12) int frames,
      @ForAll @IntRange(min = 1, max = 200) int last,
      @ForAll @IntRange(min = 0, max = 1_000_000) int begin,
      @ForAll @IntRange(min = 0, max = 1_000_000) int length,
      @ForAll boolean ends) {
    FlacStream stream = stream(frames, 192, Math.min(last, 192));
    long from = begin % stream.samples();
    long to = from + 1 + length % (stream.samples() - from);

    List<Stretch> cut = Cutting.of(stream, from, to, ends);

    long at = from;
    for (int i = 0; i < cut.size(); i++) {
      long start = at;
      switch (cut.get(i)) {
        case Stretch.Edge(long edge, long end) -> {
          assertThat(edge).isEqualTo(at);
          assertThat(end - edge).isBetween(1L, 192L);
          at = end;
        }
        case Stretch.Frames(int first, int end) -> {
          assertThat(stream.start(first)).isEqualTo(at);
          at = stream.start(end);
        }
      }
      boolean mayBeShort = to - from < 2 * 16 || (ends && i == cut.size() - 1);
      assertThat(at - start).isGreaterThanOrEqualTo(mayBeShort ? 1 : 16);
    }
    assertThat(at).isEqualTo(to);
  }

  private static FlacStream stream(int frames, int size, int last) {
    int[] blocks = new int[frames];
    long[] offsets = new long[frames + 1];
    java.util.Arrays.fill(blocks, size);
    blocks[frames - 1] = last;
    for (int i = 0; i <= frames; i++) {
      offsets[i] = 100L + 50L * i;
    }
    return new FlacStream(
        new StreamInfo(44_100, 2, 16, 0, StreamInfo.NO_MD5),
        offsets,
        blocks,
        new FlacStream.Numbers(false, 0));
  }
}
