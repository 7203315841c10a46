package io.castloom.ingest.intake;

import io.castloom.domain.media.Original;
import java.io.IOException;

/** Makes an original the body of an episode. Repeating it is harmless. */
@FunctionalInterface
public interface EpisodeMaker {
  /**
   * @param filename as it came this time; the original may have come under another name first
   */
  void make(UploadRequest.EpisodeOf episode, Original original, String filename) throws IOException;
}
