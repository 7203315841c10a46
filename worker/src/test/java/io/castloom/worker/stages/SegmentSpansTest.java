package io.castloom.worker.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.mp3.ChunkPlan;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SegmentSpansTest {
  private static final long TOTAL = 3_600L * 44_100;

  private final ChunkPlan plan = ChunkPlan.variable(44_100, 44_100);
  private final List<Span> cut = plan.cutInto(TOTAL, 12);
  private final SegmentSpans spans = new SegmentSpans(cut);

  @Test
  void other_starts_of_a_segment_are_sought_once() {
    assertThat(spans.beginSearch(5)).isTrue();
    assertThat(spans.beginSearch(5)).isFalse();
    assertThat(spans.beginSearch(6)).isTrue();
  }

  @Test
  void a_seam_that_is_not_found_is_encoded_through_and_the_other_segments_stay() {
    Span whole = united(spans, 4);
    assertThat(whole.startSample()).isEqualTo(cut.get(4).startSample());
    assertThat(whole.startFrame()).isEqualTo(cut.get(4).startFrame());
    assertThat(SegmentSpans.end(whole)).isEqualTo(SegmentSpans.end(cut.get(5)));
    assertThat(spans.count()).isEqualTo(11);
    assertThat(spans.span(4)).isEqualTo(whole);
    assertThat(spans.span(5)).isEqualTo(cut.get(6));
  }

  @Test
  void a_segment_that_begins_earlier_does_so_when_it_goes_on_through_the_next() {
    Span earlier = plan.withEarlierStart(cut.get(4), 3);
    spans.begin(4, earlier);
    assertThat(spans.cut(4)).isEqualTo(cut.get(4));
    assertThat(united(spans, 4).startSample()).isEqualTo(earlier.startSample());
  }

  @Test
  void the_last_two_that_are_made_one_end_with_the_recording() {
    Span whole = united(spans, 10);
    assertThat(whole.last()).isTrue();
    assertThat(SegmentSpans.end(whole)).isEqualTo(TOTAL);
  }

  @Test
  void no_more_than_the_recording_is_encoded_again() {
    long spent = 0;
    while (spans.spend(cut.getFirst())) {
      spent += cut.getFirst().samples();
    }
    assertThat(spent).isBetween(TOTAL - cut.getFirst().samples(), TOTAL);
    assertThat(spans.unite(4)).isNull();
    assertThat(spans.count()).isEqualTo(12);
  }

  @Test
  void two_segments_that_do_not_join_are_a_single_pass() {
    assertThat(new SegmentSpans(plan.cutInto(TOTAL / 6, 2)).unite(0)).isNull();
  }

  private static Span united(SegmentSpans spans, int segment) {
    return Objects.requireNonNull(spans.unite(segment));
  }
}
