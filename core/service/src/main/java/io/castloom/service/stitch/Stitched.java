package io.castloom.service.stitch;

import io.castloom.bitstream.BytePlan;
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
   * @param again recordings whose pieces did not fit and were encoded once more, with the reason
   */
  record File(BytePlan bytes, SplicePlan parts, Timeline timeline, Map<String, String> again)
      implements Stitched {
    public File {
      again = Map.copyOf(again);
    }
  }

  /** Pieces are not there yet. */
  record Missing(List<PieceNeed> pieces) implements Stitched {
    public Missing {
      pieces = List.copyOf(pieces);
    }
  }

  /** Pieces do not fit together, or one is damaged; for people. */
  record Impossible(List<String> reasons) implements Stitched {
    public Impossible {
      reasons = List.copyOf(reasons);
    }
  }
}
