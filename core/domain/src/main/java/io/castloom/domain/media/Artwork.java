package io.castloom.domain.media;

import org.jspecify.annotations.Nullable;

/**
 * The picture of a show or an episode. Podcast directories refuse a feed whose artwork is not as
 * they ask (Apple, "Artwork requirements": JPEG or PNG, square, 1400 to 3000 pixels, RGB), so it is
 * refused here, where somebody can still mend it. A {@link Picture} that stands in files only may
 * have any size.
 */
public final class Artwork {

  /** The least width and height, in pixels. */
  public static final int LEAST_PIXELS = 1_400;

  /** The most. */
  public static final int MOST_PIXELS = 3_000;

  /** The rule, for people: it follows "the cover" or "must be". */
  public static final String RULE =
      "a square JPEG or PNG of %d to %d pixels and at most 1 MiB, in RGB colours"
          .formatted(LEAST_PIXELS, MOST_PIXELS);

  private Artwork() {}

  /** Why these bytes cannot be a show's or an episode's cover, for people; null when they can. */
  public static @Nullable String problem(byte[] picture) {
    String no = Picture.problem(picture);
    if (no != null) {
      return no + ": it must be " + RULE;
    }
    PictureForm form = PictureForm.of(picture);
    if (form == null) {
      return "the cover breaks off before it says how large it is: it must be " + RULE;
    }
    boolean fits =
        form.width() == form.height()
            && form.width() >= LEAST_PIXELS
            && form.width() <= MOST_PIXELS;
    if (!fits) {
      return "the cover has %d x %d pixels: it must be %s"
          .formatted(form.width(), form.height(), RULE);
    }
    return form.print() ? "the cover has CMYK colours: it must be " + RULE : null;
  }
}
