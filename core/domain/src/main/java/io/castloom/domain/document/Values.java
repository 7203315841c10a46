package io.castloom.domain.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values of a map: texts, truth values, numbers, times and words of a list. A bad one
 * is noted as a problem and answered with a harmless stand-in.
 */
abstract sealed class Values permits Fields {
  final Problems problems;
  private final Map<?, ?> tree;
  private final String path;
  private final Set<String> asked = new TreeSet<>();

  Values(Map<?, ?> tree, String path, Problems problems) {
    this.tree = tree;
    this.path = path;
    this.problems = problems;
  }

  final Map<?, ?> tree() {
    return tree;
  }

  /** The names that were asked for until now. */
  final Set<String> asked() {
    return asked;
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
      problems.unread(at(name), value, "must be a text");
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
    problems.unread(at(name), value, "must be true or false");
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
      problems.unread(at(name), text, rule);
      return null;
    }
  }

  /** One of an enumeration's words, written in lower case with {@code -}. */
  public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String text = textOrNull(name);
    return text == null ? otherwise : word(at(name), text, type, otherwise);
  }

  final <E extends Enum<E>> E word(String at, String text, Class<E> type, E otherwise) {
    E word = Words.read(text, type);
    if (word == null) {
      problems.unread(at, text, "must be one of " + String.join(", ", Words.all(type)));
      return otherwise;
    }
    return word;
  }

  /** The path of a field of this map within the document. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void missing(String name) {
    problems.add(at(name), "", "is missing");
  }

  final @Nullable Object value(String name) {
    asked.add(name);
    return tree.get(name);
  }
}
