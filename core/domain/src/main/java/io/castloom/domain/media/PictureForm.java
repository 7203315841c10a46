package io.castloom.domain.media;

import org.jspecify.annotations.Nullable;

/**
 * What a JPEG or PNG says of itself before its first pixel.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param print whether its colours are those of a press (CMYK), not of a screen
 */
record PictureForm(int width, int height, boolean print) {

  private static final int WIDTH_IN_PNG = 16;
  private static final int HEIGHT_IN_PNG = 20;

  /** Of a picture; null when it breaks off before it says so. */
  static @Nullable PictureForm of(byte[] picture) {
    return Picture.isPng(picture) ? ofPng(picture) : ofJpeg(picture);
  }

  /** The header chunk is always the first (PNG, third edition, 11.2.1). */
  private static @Nullable PictureForm ofPng(byte[] picture) {
    long width = number(picture, WIDTH_IN_PNG, 4);
    long height = number(picture, HEIGHT_IN_PNG, 4);
    return width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE
        ? null
        : new PictureForm((int) width, (int) height, false);
  }

  /** The frame header stands behind segments that tell their lengths (ITU-T T.81, B.2.2). */
  private static @Nullable PictureForm ofJpeg(byte[] picture) {
    int at = 2;
    while (at + 10 <= picture.length && (picture[at] & 0xff) == 0xff) {
      int marker = picture[at + 1] & 0xff;
      if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
        at += marker == 0xff ? 1 : 2; // filling, or a marker that stands alone
      } else if (isFrame(marker)) {
        int height = (int) number(picture, at + 5, 2);
        int width = (int) number(picture, at + 7, 2);
        boolean print = picture[at + 9] == 4;
        return width < 1 || height < 1 ? null : new PictureForm(width, height, print);
      } else {
        at += 2 + Math.max(2, (int) number(picture, at + 2, 2));
      }
    }
    return null;
  }

  /** SOF0 to SOF15, among which three markers mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static long number(byte[] bytes, int at, int length) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = (number << 8) | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
