package io.castloom.domain.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of a document for writing: what {@link Fields} reads back. Absent values are left
 * out, times and dates are written as texts, and the order of the fields is the order of the calls.
 */
public final class Tree {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /**
   * Puts a text, number, truth value, enumeration, time or date; null and empty collections are
   * left out.
   */
  public Tree put(String name, @Nullable Object value) {
    Object plain = plain(value);
    if (plain != null) {
      fields.put(name, plain);
    }
    return this;
  }

  /** The finished map; the caller owns it. */
  public Map<String, Object> map() {
    return new LinkedHashMap<>(fields);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Tree tree -> tree.fields.isEmpty() ? null : tree.map();
      case Enum<?> word -> Words.of(word);
      case Duration time -> Timecode.format(time);
      case Boolean flag -> flag;
      case Number number -> number;
      case Map<?, ?> map -> plainMap(map);
      case Collection<?> list -> plainList(list);
      default -> value.toString();
    };
  }

  private static @Nullable Object plainMap(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, item) -> {
          Object plain = plain(item);
          if (plain != null) {
            copy.put(String.valueOf(key), plain);
          }
        });
    return copy.isEmpty() ? null : copy;
  }

  private static @Nullable Object plainList(Collection<?> list) {
    List<Object> copy = new ArrayList<>();
    for (Object item : list) {
      Object plain = plain(item);
      if (plain != null) {
        copy.add(plain);
      }
    }
    return copy.isEmpty() ? null : copy;
  }
}
