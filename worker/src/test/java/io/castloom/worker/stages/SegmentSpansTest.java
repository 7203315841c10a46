package io.castloom.worker.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.mp3.ChunkPlan;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.worker.stages.SegmentSpans.Repair;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentSpansTest {
  private static final long TOTAL = 3_600L * 44_100;

  private final ChunkPlan plan = ChunkPlan.variable(44_100, 44_100);
  private final List<Span> cut = plan.cutInto(TOTAL, 12);
  private final SegmentSpans spans = new SegmentSpans(cut, plan::withPreRoll);

  @Test
  void a_segment_without_a_seam_gets_four_and_then_sixteen_times_the_pre_roll() {
    Repair first = spans.noSeamBefore(5);
    assertThat(first).isEqualTo(new Repair.Wider(5, plan.withPreRoll(cut.get(5), 4)));
    assertThat(spans.span(5)).isEqualTo(((Repair.Wider) first).span());
    assertThat(spans.noSeamBefore(5))
        .isEqualTo(new Repair.Wider(5, plan.withPreRoll(cut.get(5), 16)));
    assertThat(spans.count()).isEqualTo(12);
  }

  @Test
  void a_seam_that_is_not_found_at_all_is_encoded_through_and_the_others_stay() {
    Repair last = unseamed(5);
    Span whole = ((Repair.United) last).span();
    assertThat(((Repair.United) last).segment()).isEqualTo(4);
    assertThat(whole.startSample()).isEqualTo(cut.get(4).startSample());
    assertThat(whole.startFrame()).isEqualTo(cut.get(4).startFrame());
    assertThat(whole.startSample() + whole.samples())
        .isEqualTo(cut.get(5).startSample() + cut.get(5).samples());
    assertThat(spans.count()).isEqualTo(11);
    assertThat(spans.span(4)).isEqualTo(whole);
    assertThat(spans.span(5)).isEqualTo(cut.get(6));
  }

  @Test
  void a_segment_with_a_longer_pre_roll_keeps_it_when_it_goes_on_through_the_next() {
    spans.noSeamBefore(4);
    Span wider = spans.span(4);
    assertThat(((Repair.United) unseamed(5)).span().startSample()).isEqualTo(wider.startSample());
  }

  @Test
  void the_last_two_that_are_made_one_end_with_the_recording() {
    Span whole = ((Repair.United) unseamed(11)).span();
    assertThat(whole.last()).isTrue();
    assertThat(whole.startSample() + whole.samples()).isEqualTo(TOTAL);
  }

  @Test
  void what_would_cost_more_than_a_single_pass_becomes_one() {
    int united = 0;
    while (unseamed(spans.count() - 1) instanceof Repair.United) {
      united++;
    }
    assertThat(united).isBetween(2, 6);
  }

  @Test
  void two_segments_that_do_not_join_are_a_single_pass() {
    SegmentSpans two = new SegmentSpans(plan.cutInto(TOTAL / 6, 2), plan::withPreRoll);
    Repair last = two.noSeamBefore(1);
    while (last instanceof Repair.Wider) {
      last = two.noSeamBefore(1);
    }
    assertThat(last).isEqualTo(new Repair.SinglePass());
  }

  /** What is left when longer pre-rolls do not help. */
  private Repair unseamed(int segment) {
    Repair repair = spans.noSeamBefore(segment);
    while (repair instanceof Repair.Wider) {
      repair = spans.noSeamBefore(segment);
    }
    return repair;
  }
}
