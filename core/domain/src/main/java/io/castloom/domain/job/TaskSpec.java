package io.castloom.domain.job;

import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** What a task is to do. Everything that it needs is in here or under keys derived from it. */
public sealed interface TaskSpec {

  /** Which kind of instance does it. */
  default TaskKind kind() {
    return this instanceof Assemble ? TaskKind.ASSEMBLY : TaskKind.TRANSCODE;
  }

  /**
   * Measure loudness, silences, waveform and true length of an original.
   *
   * @param parts stored measurements of its parts, in order, which are put together; empty to
   *     measure it here as a whole
   */
  record Analyse(Original original, List<String> parts) implements TaskSpec {
    public Analyse {
      Objects.requireNonNull(original);
      parts = List.copyOf(parts);
    }
  }

  /** Measure one of several equal parts of a long original. */
  record Measure(Original original, Sound sound, Part part) implements TaskSpec {
    public Measure {
      Objects.requireNonNull(original);
      Objects.requireNonNull(sound);
      Objects.requireNonNull(part);
    }
  }

  /** Decode an original that cannot be cut at an exact sample to FLAC, once for all segments. */
  record Unpack(Original original) implements TaskSpec {
    public Unpack {
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

  /** Encode one of several segments of a long original, with overlap at its ends. */
  record Segment(Original original, Profile profile, Sound sound, Part part) implements TaskSpec {
    public Segment {
      Objects.requireNonNull(original);
      Objects.requireNonNull(profile);
      Objects.requireNonNull(sound);
      Objects.requireNonNull(part);
    }
  }

  /**
   * Join the encoded segments into one rendition.
   *
   * @param segments where they are stored, in order
   */
  record Join(Original original, Profile profile, Sound sound, List<String> segments)
      implements TaskSpec {
    public Join {
      Objects.requireNonNull(original);
      Objects.requireNonNull(profile);
      Objects.requireNonNull(sound);
      segments = List.copyOf(segments);
    }
  }

  /**
   * Bring a sound (an ad, a sting; a body whose frames do not fit) to the form of the show it will
   * stand in: rate, channels, codec and loudness by the profile, fades at its edges, splice-ready.
   *
   * @param how its fades, and whether it is encoded again
   */
  record Conform(Original original, Profile profile, Conforming how) implements TaskSpec {
    public Conform {
      Objects.requireNonNull(original);
      Objects.requireNonNull(profile);
      Objects.requireNonNull(how);
    }
  }

  /**
   * Tell the job's owner of a state of it, by a signed request to an address that he gave.
   *
   * @param url http or https
   * @param at when it came to that state
   * @param failure why it did not end well; empty when it did
   */
  record Callback(String url, JobState state, Instant at, String failure) implements TaskSpec {
    public Callback {
      Objects.requireNonNull(url);
      Objects.requireNonNull(state);
      Objects.requireNonNull(at);
      Objects.requireNonNull(failure);
    }
  }

  /**
   * Stored sound that can be cut at an exact sample.
   *
   * @param key of the private bucket
   * @param media with an exact number of samples
   */
  record Sound(String key, SourceMedia media) {
    public Sound {
      Objects.requireNonNull(key);
      if (!media.seekExact() || media.samples() < 1) {
        throw new IllegalArgumentException("cannot be cut at exact samples: " + key);
      }
    }
  }

  /**
   * One of several parts.
   *
   * @param number from 0
   */
  record Part(int number, int count) {
    public Part {
      if (number < 0 || number >= count) {
        throw new IllegalArgumentException("no part " + number + " of " + count);
      }
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
