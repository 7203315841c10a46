package io.castloom.domain.media;

import org.jspecify.annotations.Nullable;

/**
 * What may stand in a sound file as its cover: the one rule for covers that are uploaded for
 * profiles and those that are fetched for shows.
 */
public final class Picture {

  /**
   * The largest, in bytes: 1 MiB. It is sent with every download, before the sound: at 128 kbit/s
   * it is a minute's worth of it, and 3,000 pixels square, the most that podcast directories take
   * (Apple, "Artwork requirements"), fit as a JPEG.
   */
  public static final int MOST_BYTES = 1 << 20;

  /** Shorter ones hold no picture: a PNG's signature and the head of its first chunk take 24. */
  private static final int LEAST_BYTES = 25;

  private Picture() {}

  /** Why these bytes cannot be a cover, for people; null when they can. */
  public static @Nullable String problem(byte[] picture) {
    if (picture.length > MOST_BYTES) {
      return "the cover has %d bytes; %d are the most".formatted(picture.length, MOST_BYTES);
    }
    return isPng(picture) || isJpeg(picture)
        ? null
        : "the cover is neither a JPEG nor a PNG picture";
  }

  /** Of a cover: {@code image/png} or {@code image/jpeg}. */
  public static String mediaType(byte[] picture) {
    return isPng(picture) ? "image/png" : "image/jpeg";
  }

  /** Whether it begins as a PNG does; else, as a cover, it is a JPEG. */
  public static boolean isPng(byte[] picture) {
    return picture.length >= LEAST_BYTES
        && at(picture, 0) == 0x89
        && at(picture, 1) == 'P'
        && at(picture, 2) == 'N'
        && at(picture, 3) == 'G';
  }

  private static boolean isJpeg(byte[] picture) {
    return picture.length >= LEAST_BYTES
        && at(picture, 0) == 0xff
        && at(picture, 1) == 0xd8
        && at(picture, 2) == 0xff;
  }

  private static int at(byte[] picture, int index) {
    return picture[index] & 0xff;
  }
}
