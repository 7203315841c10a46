package io.castloom.domain.media;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * How a sound is brought to the form of the show it will stand in.
 *
 * @param fade length of the fade at each end, 0 to 1 s
 * @param again whether it is encoded once more, because the frames of its ordinary piece cannot
 *     stand beside the others'; such a piece has a key of its own, beside the ordinary one's
 */
public record Conforming(Duration fade, boolean again) {

  private static final String AGAIN = " again";

  public Conforming {
    if (fade.isNegative() || fade.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new IllegalArgumentException("a fade is 0 to 1 s: " + fade);
    }
  }

  /** An ordinary piece. */
  public static Conforming withFade(Duration fade) {
    return new Conforming(fade, false);
  }

  /** The same, encoded once more. */
  public Conforming onceMore() {
    return new Conforming(fade, true);
  }

  /** What it adds to a profile's part of a piece's key: {@code .fade5}, {@code .fade5.again}. */
  String suffix() {
    return ".fade" + fade.toMillis() + (again ? ".again" : "");
  }

  /**
   * The fade as ISO 8601, and the word when it is encoded again: {@code PT0.005S}, {@code PT0.005S
   * again}. Documents hold it so: the first is what they held before there was the word, and a
   * process that does not know the second refuses it, instead of making the ordinary piece.
   */
  @Override
  public String toString() {
    return fade + (again ? AGAIN : "");
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException it is none, or its fade is not 0 to 1 s
   */
  public static Conforming parse(String text) {
    boolean again = text.endsWith(AGAIN);
    String fade = again ? text.substring(0, text.length() - AGAIN.length()) : text;
    try {
      return new Conforming(Duration.parse(fade), again);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no fade's length (like PT0.005S): " + text, e);
    }
  }
}
