package io.castloom.domain.job;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import java.time.LocalDate;
import java.util.Objects;

/** What a task is to do. Everything that it needs is in here or under keys derived from it. */
public sealed interface TaskSpec {

  /** Which kind of instance does it. */
  default TaskKind kind() {
    return this instanceof Assemble ? TaskKind.ASSEMBLY : TaskKind.TRANSCODE;
  }

  /** Measure loudness, silences, waveform and true length of an original. */
  record Analyse(Original original) implements TaskSpec {
    public Analyse {
      Objects.requireNonNull(original);
    }
  }

  /** Encode an original as a whole. */
  record Encode(Original original, Profile profile) implements TaskSpec {
    public Encode {
      Objects.requireNonNull(original);
      Objects.requireNonNull(profile);
    }
  }

  /**
   * Stitch an episode.
   *
   * @param night the night whose ads it gets
   */
  record Assemble(String show, String episode, LocalDate night) implements TaskSpec {
    public Assemble {
      Objects.requireNonNull(show);
      Objects.requireNonNull(episode);
      Objects.requireNonNull(night);
    }
  }
}
