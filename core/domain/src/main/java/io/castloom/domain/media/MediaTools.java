package io.castloom.domain.media;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The tools that read and write audio. They run on untrusted bytes: no network, a fixed list of
 * containers and codecs, limits of time, memory and output. Names from users are for messages only.
 *
 * <p>Every method may be interrupted, and then ends its tool as a whole before it returns.
 */
public interface MediaTools {

  /** Names the encoder's build: two machines that answer the same encode the same bytes. */
  String encoderBuild();

  /**
   * Looks at a file without decoding all of it.
   *
   * @param filename the uploader's name for it, for messages
   * @throws IOException the tool could not be run
   */
  ProbeOutcome probe(Path file, String filename) throws IOException, InterruptedException;

  /**
   * Encodes a whole file into a rendition. The output exists only after {@link
   * EncodeOutcome.Encoded}.
   *
   * @throws IOException the tool could not be run
   */
  EncodeOutcome encode(EncodeRequest request, Progress progress)
      throws IOException, InterruptedException;

  /** Hears how far a run is: seconds of audio done so far. */
  @FunctionalInterface
  interface Progress {
    void reached(double seconds);
  }

  /**
   * An encode.
   *
   * @param media what the probe found in the input
   * @param gainDb one linear gain, -60 to +60 dB; 0 leaves the samples as they are
   */
  record EncodeRequest(
      Path input, SourceMedia media, Profile profile, double gainDb, Path output) {}

  /** How an encode ended. */
  sealed interface EncodeOutcome {
    /**
     * @param seconds of audio in the output
     */
    record Encoded(double seconds) implements EncodeOutcome {}

    record Failed(ToolFailure failure) implements EncodeOutcome {}
  }
}
