package io.castloom.domain.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a document's tree (maps, lists, texts, numbers, truth values: what JSON and
 * YAML have in common). A bad field is noted as a problem and answered with a harmless stand-in, so
 * that one reading finds everything that is wrong. {@link #noOthers()} ends the reading of a map:
 * fields that nobody asked for are problems, too.
 */
public final class Fields extends Values {

  private Fields(Map<?, ?> tree, String path, Problems problems) {
    super(tree, path, problems);
  }

  /** The fields at the top of a document. */
  public static Fields of(Map<String, ?> tree, Problems problems) {
    return new Fields(tree, "", problems);
  }

  /** A list of an enumeration's words; empty when it is absent. */
  public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    List<E> all = new ArrayList<>();
    List<String> texts = texts(name);
    for (int i = 0; i < texts.size(); i++) {
      all.add(word(at(name) + "[" + i + "]", texts.get(i), type, type.getEnumConstants()[0]));
    }
    return all;
  }

  /** A list of texts; empty when it is absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> values = list(name);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null || value instanceof Map || value instanceof List) {
        problems.add(at(name) + "[" + i + "]", String.valueOf(value), "must be a text");
      } else {
        texts.add(value.toString());
      }
    }
    return texts;
  }

  /**
   * A list of maps, each read by the function; empty when it is absent. A bare text becomes the
   * field {@code bare}.
   */
  public <T> List<T> each(String name, String bare, Function<Fields, T> reader) {
    List<T> all = new ArrayList<>();
    List<?> values = list(name);
    for (int i = 0; i < values.size(); i++) {
      all.add(nested(at(name) + "[" + i + "]", bare, values.get(i), reader));
    }
    return all;
  }

  /**
   * A map of names to things, each read by the function from its name and its fields; empty when it
   * is absent.
   */
  public <T> Map<String, T> named(String name, String bare, BiFunction<String, Fields, T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    Object value = value(name);
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) ->
              all.put(
                  String.valueOf(key),
                  nested(
                      at(name) + "." + key,
                      bare,
                      item,
                      f -> reader.apply(String.valueOf(key), f))));
    } else if (value != null) {
      problems.unread(at(name), value, "must be a map of names");
    }
    return all;
  }

  private <T> T nested(String at, String bare, @Nullable Object item, Function<Fields, T> reader) {
    Map<?, ?> map;
    if (item instanceof Map<?, ?> given) {
      map = given;
    } else if (!bare.isEmpty() && item != null) {
      map = Map.of(bare, item);
    } else {
      problems.unread(at, String.valueOf(item), "must be a map of fields");
      map = Map.of();
    }
    Fields fields = new Fields(map, at, problems);
    T result = reader.apply(fields);
    fields.noOthers();
    return result;
  }

  /** A map of fields inside this one, read by the function; null when it is absent. */
  public <T> @Nullable T inside(String name, Function<Fields, T> reader) {
    Object value = value(name);
    return value == null ? null : nested(at(name), "", value, reader);
  }

  /** Notes every field of the map that was not asked for, with the nearest name that exists. */
  public void noOthers() {
    for (Object key : tree().keySet()) {
      String name = String.valueOf(key);
      if (!asked().contains(name)) {
        String near = Nearest.of(name, asked());
        problems.add(
            at(name),
            "",
            "is not a field here"
                + (near.isEmpty()
                    ? "; there are " + String.join(", ", asked())
                    : "; did you mean " + near + "?"));
      }
    }
  }

  private List<?> list(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    problems.unread(at(name), value, "must be a list");
    return List.of();
  }
}
