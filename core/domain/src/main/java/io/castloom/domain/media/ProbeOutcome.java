package io.castloom.domain.media;

import java.util.Objects;

/** What a look at an uploaded file said. */
public sealed interface ProbeOutcome {

  /** It is a recording. */
  record Recognised(SourceMedia media) implements ProbeOutcome {
    public Recognised {
      Objects.requireNonNull(media);
    }
  }

  /** It is none, in words for a podcaster, for example "this is a web page, not a recording". */
  record Refused(String reason) implements ProbeOutcome {
    public Refused {
      Objects.requireNonNull(reason);
    }
  }
}
