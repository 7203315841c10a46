package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tags as iTunes writes them.
 *
 * @param texts by the item's four letters, for example {@code ©nam} title, {@code ©ART} artist,
 *     {@code ©alb} album, {@code ©gen} genre, {@code ©day} date, {@code desc} description; in order
 * @param cover a JPEG or PNG picture, or {@link Bytes#EMPTY}
 */
public record Mp4Tags(Map<String, String> texts, Bytes cover) {
  /** No tags. */
  public static final Mp4Tags NONE = new Mp4Tags(Map.of(), Bytes.EMPTY);

  /** Checks the items' letters and copies the texts. */
  public Mp4Tags {
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    for (String item : texts.keySet()) {
      if (item.length() != 4) {
        throw new IllegalArgumentException("Tag item " + item + " has not four letters");
      }
    }
  }

  /** 14 for PNG, 13 for JPEG. */
  int coverType() {
    return cover.size() > 4 && cover.at(0) == 0x89 && cover.at(1) == 'P' ? 14 : 13;
  }
}
