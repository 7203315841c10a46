package io.castloom.ffmpeg;

import java.util.HashMap;
import java.util.Map;

/** ffprobe's flat output: {@code streams.stream.0.codec_name="mp3"}. */
record Flat(Map<String, String> values) {

  Flat {
    values = Map.copyOf(values);
  }

  static Flat parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
      }
    }
    return new Flat(values);
  }

  /** The value, or an empty text when there is none. */
  String text(String key) {
    String value = values.getOrDefault(key, "");
    return value.equals("N/A") || value.equals("unknown") ? "" : value;
  }

  /** The value as a number, or -1. */
  long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The value as a number, or -1. */
  double decimal(String key) {
    try {
      double value = Double.parseDouble(text(key));
      return Double.isFinite(value) ? value : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() - 1) {
        c = value.charAt(++i);
        c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
      }
      out.append(c);
    }
    return out.toString();
  }
}
