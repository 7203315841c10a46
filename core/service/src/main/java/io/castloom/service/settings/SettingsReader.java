package io.castloom.service.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a process's settings into its record. A call such as {@link #integer} both declares a
 * setting and gives its value: that of the flag, else of the environment, else of the file in the
 * bucket, else the default. After all were read, {@link #finish} refuses what is wrong, all at
 * once: values out of range, and keys that nobody declared.
 *
 * <p>A key is {@code <section>.<name>}, as in {@code worker.slots} or {@code
 * autoscaler.targetWait.high}; the environment's name for it is {@code CASTLOOM_} and its words in
 * capitals: {@code CASTLOOM_AUTOSCALER_TARGET_WAIT_HIGH}.
 */
public final class SettingsReader {

  private final Sources sources;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A setting as it was read.
   *
   * @param origin {@code flag}, {@code environment}, the file's key, or {@code default}
   * @param about what it does
   */
  public record Value(String key, String text, String origin, String about) {}

  /**
   * @param flags by key, for example {@code worker.slots}
   * @param environment the process's, or a test's
   */
  public SettingsReader(Map<String, String> flags, Map<String, String> environment) {
    this.sources = new Sources(flags, environment);
  }

  /** The environment's name of a key. */
  public static String environmentName(String key) {
    return Sources.environmentName(key);
  }

  /**
   * Adds the file's settings; objects may be nested or have dots in their keys.
   *
   * @param name for messages, for example {@code config/worker.json}
   * @throws IOException it is no JSON object
   */
  public void addFile(String name, String json) throws IOException {
    sources.addFile(name, json);
  }

  /** A text; any is right. */
  public String text(String key, String otherwise, String about) {
    return read(key, otherwise, about, text -> text);
  }

  /** A text that may be absent. */
  public @Nullable String optionalText(String key, String about) {
    String text = read(key, "", about, it -> it);
    return text.isEmpty() ? null : text;
  }

  /** A whole number within bounds, both allowed. */
  public int integer(String key, int otherwise, int least, int greatest, String about) {
    return read(
        key,
        Integer.toString(otherwise),
        about,
        text -> {
          int number;
          try {
            number = Integer.parseInt(text.strip());
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is a whole number", e);
          }
          require(number >= least && number <= greatest, "it is " + least + " to " + greatest);
          return number;
        });
  }

  /** A number within bounds, both allowed. */
  public double number(String key, double otherwise, double least, double greatest, String about) {
    return read(
        key,
        Double.toString(otherwise),
        about,
        text -> {
          double number;
          try {
            number = Double.parseDouble(text.strip());
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is a number", e);
          }
          require(number >= least && number <= greatest, "it is " + least + " to " + greatest);
          return number;
        });
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise, String about) {
    return read(
        key,
        Boolean.toString(otherwise),
        about,
        text ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw new IllegalArgumentException("it is true or false");
            });
  }

  /** A duration within bounds, both allowed. */
  public Duration duration(
      String key, Duration otherwise, Duration least, Duration greatest, String about) {
    return read(
        key,
        Units.write(otherwise),
        about,
        text -> {
          Duration duration = Units.duration(text);
          require(
              duration.compareTo(least) >= 0 && duration.compareTo(greatest) <= 0,
              "it is " + Units.write(least) + " to " + Units.write(greatest));
          return duration;
        });
  }

  /** A size in bytes within bounds, both allowed. */
  public long size(String key, long otherwise, long least, long greatest, String about) {
    return read(
        key,
        Units.writeSize(otherwise),
        about,
        text -> {
          long bytes = Units.size(text);
          require(
              bytes >= least && bytes <= greatest,
              "it is " + Units.writeSize(least) + " to " + Units.writeSize(greatest));
          return bytes;
        });
  }

  /** An amount of money. */
  public Money money(String key, String otherwise, String about) {
    return read(key, otherwise, about, Money::parse);
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, E otherwise, String about) {
    Class<E> type = otherwise.getDeclaringClass();
    return read(
        key,
        word(otherwise),
        about,
        text ->
            Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "it is one of "
                                + Stream.of(type.getEnumConstants())
                                    .map(SettingsReader::word)
                                    .collect(Collectors.joining(", ")))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Texts, separated by commas; empty for none. */
  public List<String> list(String key, List<String> otherwise, String about) {
    return read(
        key,
        String.join(",", otherwise),
        about,
        text ->
            Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  /** A folder or file. */
  public Path path(String key, Path otherwise, String about) {
    return read(key, otherwise.toString(), about, Path::of);
  }

  /** An http or https address; null when it is not set. */
  public @Nullable URI address(String key, String about) {
    String text =
        read(
            key,
            "",
            about,
            it -> {
              require(
                  it.isEmpty() || it.matches("https?://[^\\s/]+.*"),
                  "it is an address like https://host:port");
              return it;
            });
    return text.isEmpty() ? null : URI.create(text);
  }

  /** Anything else: {@code parse} throws IllegalArgumentException with the rule. */
  public <T> T custom(String key, String otherwise, String about, Function<String, T> parse) {
    return read(key, otherwise, about, parse);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** When the value is wrong, the problem is noted and the default stands in until the end. */
  private <T> T read(String key, String otherwise, String about, Function<String, T> parse) {
    Value value = sources.find(key, otherwise, about);
    values.put(key, value);
    try {
      return parse.apply(value.text());
    } catch (IllegalArgumentException e) {
      problems.add(key + " = \"" + value.text() + "\" (" + value.origin() + "): " + e.getMessage());
      return parse.apply(otherwise);
    }
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException something is wrong
   */
  public void finish() {
    List<String> all = new ArrayList<>(problems);
    all.addAll(sources.unknown(values.keySet()));
    if (!all.isEmpty()) {
      throw new SettingsException(all);
    }
  }

  /** What was read, in the order of reading. */
  public List<Value> values() {
    return List.copyOf(values.values());
  }

  /** A table of what was read, with its origin, for {@code --check-config}. */
  public String describe() {
    int keys = values.keySet().stream().mapToInt(String::length).max().orElse(0);
    int texts = values.values().stream().mapToInt(it -> shown(it).length()).max().orElse(0);
    return values.values().stream()
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "%-" + Math.max(1, keys) + "s  %-" + Math.max(1, texts) + "s  %-12s  %s%n",
                    it.key(),
                    shown(it),
                    it.origin(),
                    it.about()))
        .collect(Collectors.joining());
  }

  private static String shown(Value value) {
    boolean secret = value.key().matches(".*([sS]ecret|[tT]oken|[pP]assword).*");
    String text = secret && !value.text().isEmpty() ? "(hidden)" : value.text();
    return text.isEmpty() ? "-" : text;
  }
}
