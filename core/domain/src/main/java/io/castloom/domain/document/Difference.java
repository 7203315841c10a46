package io.castloom.domain.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells in words what applying a document would change. Works on trees, so it is the same for every
 * kind. Items of a list are recognised by what names them ({@code id}, {@code name}, {@code at},
 * {@code from}, {@code original}), so that an item put in front does not make all others look
 * changed.
 */
public final class Difference {
  private static final List<String> NAMES = List.of("id", "name", "at", "from", "original");

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT_DIGEST = 12;
  private static final int LONGEST = 60;
  private static final int SEEN_ANYHOW = 40;

  private final List<String> sentences = new ArrayList<>();

  private Difference() {}

  /** The changes, one sentence each, in the order of the fields; empty when both are the same. */
  public static List<String> between(Map<String, ?> before, Map<String, ?> after) {
    Difference difference = new Difference();
    difference.maps("", before, after);
    return List.copyOf(difference.sentences);
  }

  private void maps(String path, Map<?, ?> before, Map<?, ?> after) {
    Set<Object> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (Object key : keys) {
      values(
          path.isEmpty() ? String.valueOf(key) : path + "." + key, before.get(key), after.get(key));
    }
  }

  private void values(String path, @Nullable Object before, @Nullable Object after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before == null) {
      sentences.add(path + ": " + words(Objects.requireNonNull(after)) + " is added");
    } else if (after == null) {
      sentences.add(path + ": " + words(before) + " is removed");
    } else if (before instanceof Map<?, ?> a && after instanceof Map<?, ?> b) {
      maps(path, a, b);
    } else if (before instanceof List<?> a && after instanceof List<?> b) {
      lists(path, a, b);
    } else if (!same(before, after)) {
      int from = firstDifference(before, after);
      sentences.add(path + ": " + words(before, from) + " becomes " + words(after, from));
    }
  }

  private void lists(String path, List<?> before, List<?> after) {
    Map<Object, Object> old = named(before);
    Map<Object, Object> now = named(after);
    int found = sentences.size();
    old.forEach(
        (name, item) -> {
          if (!now.containsKey(name)) {
            sentences.add(path + ": " + words(item) + " is removed");
          }
        });
    now.forEach(
        (name, item) -> {
          Object earlier = old.get(name);
          if (earlier == null) {
            sentences.add(path + ": " + words(item) + " is added");
          } else if (item instanceof Map<?, ?> b && earlier instanceof Map<?, ?> a) {
            maps(path + "[" + name + "]", a, b);
          }
        });
    if (sentences.size() == found && !before.equals(after)) {
      sentences.add(path + ": the order becomes " + words(after));
    }
  }

  private static Map<Object, Object> named(List<?> list) {
    Map<Object, Object> items = new LinkedHashMap<>();
    for (Object item : list) {
      Object name = name(item);
      Object unique = name;
      for (int n = 2; items.containsKey(unique); n++) {
        unique = name + " (" + n + ")";
      }
      items.put(unique, item);
    }
    return items;
  }

  private static Object name(Object item) {
    if (item instanceof Map<?, ?> map) {
      for (String name : NAMES) {
        Object value = map.get(name);
        if (value != null) {
          return value;
        }
      }
    }
    return item;
  }

  private static boolean same(Object a, Object b) {
    return a instanceof Number x && b instanceof Number y && x.doubleValue() == y.doubleValue();
  }

  private static String words(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, item) -> parts.add(key + " " + words(item)));
      return String.join(", ", parts);
    }
    if (value instanceof List<?> list) {
      List<String> parts = new ArrayList<>();
      list.forEach(item -> parts.add(words(item)));
      return String.join(", ", parts);
    }
    return words(value, 0);
  }

  /** A text that is long is told from where it matters, on one line; a digest by its beginning. */
  private static String words(Object value, int from) {
    String all = String.valueOf(value);
    if (DIGEST.matcher(all).matches()) {
      return all.substring(0, SHORT_DIGEST) + "...";
    }
    String text = (from == 0 ? "" : "...") + all.substring(Math.min(from, all.length()));
    String line = text.strip().replaceAll("\\s+", " ");
    String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    return value instanceof String && cut.indexOf(' ') >= 0 ? "\"" + cut + "\"" : cut;
  }

  /** Where to begin, so that what differs between two long texts is seen; mostly 0. */
  private static int firstDifference(Object before, Object after) {
    if (!(before instanceof String a && after instanceof String b)) {
      return 0;
    }
    int at = 0;
    while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at < SEEN_ANYHOW ? 0 : at - SEEN_ANYHOW / 2;
  }
}
