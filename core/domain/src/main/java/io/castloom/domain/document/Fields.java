package io.castloom.domain.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a document's tree (maps, lists, texts, numbers, truth values: what JSON and
 * YAML have in common). A bad field is noted as a problem and answered with a harmless stand-in, so
 * that one reading finds everything that is wrong. {@link #noOthers()} ends the reading of a map:
 * fields that nobody asked for are problems, too.
 */
public final class Fields {
  private final Map<?, ?> tree;
  private final String path;
  private final Problems problems;
  private final Set<String> asked = new TreeSet<>();

  private Fields(Map<?, ?> tree, String path, Problems problems) {
    this.tree = tree;
    this.path = path;
    this.problems = problems;
  }

  /** The fields at the top of a document. */
  public static Fields of(Map<String, ?> tree, Problems problems) {
    return new Fields(tree, "", problems);
  }

  /** A text that has to be there and not to be blank. */
  public String text(String name) {
    String text = textOrNull(name);
    if (text == null || text.isBlank()) {
      missing(name);
      return "";
    }
    return text;
  }

  /** A text, or the other one when it is absent. */
  public String text(String name, String otherwise) {
    String text = textOrNull(name);
    return text == null ? otherwise : text;
  }

  /** A text, or null when it is absent. Numbers and truth values are taken as they are written. */
  public @Nullable String textOrNull(String name) {
    Object value = value(name);
    if (value instanceof Map || value instanceof List) {
      problems.add(at(name), value, "must be a text");
      return null;
    }
    return value == null ? null : value.toString();
  }

  /** A truth value. */
  public boolean flag(String name, boolean otherwise) {
    Boolean flag = flagOrNull(name);
    return flag == null ? otherwise : flag;
  }

  /** A truth value, or null when it is absent. */
  public @Nullable Boolean flagOrNull(String name) {
    Object value = value(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    problems.add(at(name), value, "must be true or false");
    return null;
  }

  /** A whole number within the bounds, both included. */
  public long whole(String name, long least, long most, long otherwise) {
    Long number = wholeOrNull(name, least, most);
    return number == null ? otherwise : number;
  }

  /** A whole number within the bounds, both included, or null when it is absent. */
  public @Nullable Long wholeOrNull(String name, long least, long most) {
    return parsed(
        name,
        text -> {
          long number = new BigDecimal(text).longValueExact();
          return within(number >= least && number <= most, number);
        },
        "must be a whole number from " + least + " to " + most);
  }

  /** A number within the bounds, both included. */
  public double number(String name, double least, double most, double otherwise) {
    Double number =
        parsed(
            name,
            text -> {
              double value = Double.parseDouble(text);
              return within(value >= least && value <= most, value);
            },
            "must be a number from " + least + " to " + most);
    return number == null ? otherwise : number;
  }

  private static <T> T within(boolean inside, T number) {
    if (!inside) {
      throw new IllegalArgumentException("out of bounds");
    }
    return number;
  }

  /** A time that has to be there, in one of the forms of {@link Timecode}. */
  public Duration time(String name) {
    return required(name, Timecode::parse, Timecode.RULE, Duration.ZERO);
  }

  /** A time in one of the forms of {@link Timecode}, or null when it is absent. */
  public @Nullable Duration timeOrNull(String name) {
    return parsed(name, Timecode::parse, Timecode.RULE);
  }

  /** A date, {@code 2026-11-25}; one that has to be there. */
  public LocalDate date(String name) {
    return required(name, LocalDate::parse, "must be a date such as 2026-11-25", LocalDate.EPOCH);
  }

  private <T> T required(String name, Function<String, T> parser, String rule, T standIn) {
    if (value(name) == null) {
      missing(name);
    }
    T value = parsed(name, parser, rule);
    return value == null ? standIn : value;
  }

  /** An instant with its offset, {@code 2026-11-25T06:00:00Z}, or null when it is absent. */
  public @Nullable Instant instantOrNull(String name) {
    return parsed(
        name,
        text -> OffsetDateTime.parse(text).toInstant(),
        "must be an instant with its offset, such as 2026-11-25T06:00:00Z");
  }

  /**
   * A value that a parser of the JDK understands; {@link IllegalArgumentException} and date errors
   * break the rule.
   */
  public <T> @Nullable T parsed(String name, Function<String, T> parser, String rule) {
    String text = textOrNull(name);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      problems.add(at(name), text, rule);
      return null;
    }
  }

  /** One of an enumeration's words, written in lower case with {@code -}. */
  public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String text = textOrNull(name);
    return text == null ? otherwise : word(at(name), text, type, otherwise);
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

  private <E extends Enum<E>> E word(String at, String text, Class<E> type, E otherwise) {
    E word = Words.read(text, type);
    if (word == null) {
      problems.add(at, text, "must be one of " + String.join(", ", Words.all(type)));
      return otherwise;
    }
    return word;
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
      problems.add(at(name), value, "must be a map of names");
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
      problems.add(at, String.valueOf(item), "must be a map of fields");
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
    for (Object key : tree.keySet()) {
      String name = String.valueOf(key);
      if (!asked.contains(name)) {
        String near = Nearest.of(name, asked);
        problems.add(
            at(name),
            "",
            "is not a field here"
                + (near.isEmpty()
                    ? "; there are " + String.join(", ", asked)
                    : "; did you mean " + near + "?"));
      }
    }
  }

  /** The path of a field of this map within the document. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private List<?> list(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    problems.add(at(name), value, "must be a list");
    return List.of();
  }

  private void missing(String name) {
    problems.add(at(name), "", "is missing");
  }

  private @Nullable Object value(String name) {
    asked.add(name);
    return tree.get(name);
  }
}
