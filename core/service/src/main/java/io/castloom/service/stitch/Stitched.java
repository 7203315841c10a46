package io.castloom.service.stitch;

import io.castloom.bitstream.BytePlan;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.splice.SplicePlan;
import java.util.List;
import java.util.Map;

/** What came of planning an episode's file. */
public sealed interface Stitched {

  /**
   * A file that can be made.
   *
   * @param bytes its bytes: own ones, and ranges of pieces by their keys in the private bucket
   * @param parts how it comes to be in the store
   * @param timeline when everything in it sounds
   */
  record File(BytePlan bytes, SplicePlan parts, Timeline timeline) implements Stitched {}

  /**
   * Pieces are not there yet.
   *
   * @param originals the recordings that are missing in the wanted form, with what they are used as
   */
  record Missing(Map<String, Segment.Kind> originals) implements Stitched {
    public Missing {
      originals = Map.copyOf(originals);
    }
  }

  /** Pieces do not fit together, or one is damaged; for people. */
  record Impossible(List<String> reasons) implements Stitched {
    public Impossible {
      reasons = List.copyOf(reasons);
    }
  }
}
