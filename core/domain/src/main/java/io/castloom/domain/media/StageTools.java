package io.castloom.domain.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What workers need of the media tools beyond a whole encode: parts, measurements, conforming. The
 * same promises as {@link MediaTools}: caged, interruptible, an output file exists only after
 * success.
 */
public interface StageTools extends MediaTools {

  /**
   * Encodes a part of a sound that can be cut at exact samples, as the encoder would meet it in the
   * middle of a whole encode.
   */
  EncodeOutcome encodePart(EncodeRequest whole, Span span, Progress progress)
      throws IOException, InterruptedException;

  /** Decodes a whole file to FLAC of at most two channels, at its own sample rate. */
  UnpackOutcome unpack(Path input, SourceMedia media, Path output, Progress progress)
      throws IOException, InterruptedException;

  /**
   * Listens to a sound or a part of it: loudness each 100 ms, true peak, waveform.
   *
   * @param span null for all of it
   */
  ListenOutcome listen(
      Path input,
      SourceMedia media,
      @org.jspecify.annotations.Nullable Span span,
      Path folder,
      Progress progress)
      throws IOException, InterruptedException;

  /** Encodes a whole file as {@link #encode} does, with a fade of this length at both its ends. */
  EncodeOutcome conform(EncodeRequest request, Duration fade, Progress progress)
      throws IOException, InterruptedException;

  /**
   * A stretch of sound.
   *
   * @param fromMicros its start, from 0
   * @param lengthMicros its length; up to the end when negative
   */
  record Span(long fromMicros, long lengthMicros) {
    public Span {
      if (fromMicros < 0 || lengthMicros == 0) {
        throw new IllegalArgumentException("no stretch of sound: " + fromMicros);
      }
    }
  }

  /** How an unpacking ended. */
  sealed interface UnpackOutcome {
    /**
     * @param media of the FLAC file, with its exact number of samples
     */
    record Unpacked(SourceMedia media) implements UnpackOutcome {
      public Unpacked {
        Objects.requireNonNull(media);
      }
    }

    record Failed(ToolFailure failure) implements UnpackOutcome {}
  }

  /** How a listening ended. */
  sealed interface ListenOutcome {
    record Heard(Listening listening) implements ListenOutcome {
      public Heard {
        Objects.requireNonNull(listening);
      }
    }

    record Failed(ToolFailure failure) implements ListenOutcome {}
  }
}
