package io.castloom.domain.store;

import java.util.List;

/**
 * Some of the objects under a prefix, in the order of their keys' UTF-8 bytes.
 *
 * @param more whether objects follow the last of these
 */
public record ObjectPage(List<ObjectInfo> objects, boolean more) {

  public ObjectPage {
    objects = List.copyOf(objects);
  }
}
