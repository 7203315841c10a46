package io.castloom.ingest.intake;

import io.castloom.domain.media.Original;
import java.io.IOException;

/** Makes an original the body of an episode. Repeating it is harmless. */
@FunctionalInterface
public interface EpisodeMaker {
  void make(UploadRequest.EpisodeOf episode, Original original) throws IOException;
}
