package io.castloom.domain.scaling;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of settings as people type them; each refusal names the setting and the rule.
 */
final class SettingValues {
  private SettingValues() {}

  static List<InstanceType> types(String key, String value) {
    List<InstanceType> types = new ArrayList<>();
    for (String one : value.split(";", -1)) {
      String[] parts = one.strip().split("\\s+");
      Rule.require(
          parts.length == 5,
          key,
          "'" + one.strip() + "'",
          "are each: name slots speed on-demand-usd spot-usd, separated by ';'");
      try {
        types.add(
            new InstanceType(
                parts[0],
                whole(key, parts[1]),
                number(key, parts[2]),
                number(key, parts[3]),
                number(key, parts[4])));
      } catch (InvalidSettingException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(key, String.valueOf(e.getMessage()));
      }
    }
    return types;
  }

  static List<Schedule> schedules(String key, String value) {
    List<Schedule> schedules = new ArrayList<>();
    for (String one : value.split(";", -1)) {
      if (one.isBlank()) {
        continue;
      }
      String[] parts = one.split("\\|", -1);
      Rule.require(
          parts.length == 5,
          key,
          "'" + one.strip() + "'",
          "are each: kind | minute hour day month weekday | zone | length | instances");
      WorkKind kind = null;
      for (WorkKind known : WorkKind.values()) {
        kind =
            Decisions.word(known).equals(parts[0].strip().toLowerCase(Locale.ROOT)) ? known : kind;
      }
      Rule.require(kind != null, key, parts[0].strip(), "are for transcode or assembly");
      try {
        schedules.add(
            new Schedule(
                Objects.requireNonNull(kind),
                parts[1].strip(),
                ZoneId.of(parts[2].strip()),
                Durations.parse(key, parts[3]),
                whole(key, parts[4].strip())));
      } catch (DateTimeException e) {
        throw new InvalidSettingException(
            key, key + " name a time zone such as Europe/Berlin, not " + parts[2].strip());
      }
    }
    return schedules;
  }

  static double number(String key, String value) {
    try {
      double number = Double.parseDouble(value.strip());
      Rule.require(Double.isFinite(number), key, value, "is a number");
      return number;
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(key, key + " is a number, not " + value);
    }
  }

  static int whole(String key, String value) {
    Rule.require(value.strip().matches("\\d{1,7}"), key, value, "is a whole number");
    return Integer.parseInt(value.strip());
  }

  static boolean bool(String key, String value) {
    Rule.require(value.equals("true") || value.equals("false"), key, value, "is true or false");
    return value.equals("true");
  }

  static @Nullable Instant instant(String key, String value) {
    if (value.isBlank()) {
      return null;
    }
    try {
      return Instant.parse(value.strip());
    } catch (DateTimeParseException e) {
      throw new InvalidSettingException(
          key, key + " is an instant such as 2026-11-25T08:00:00Z or empty, not " + value);
    }
  }

  /** The known key that is the fewest letters away. */
  static String nearest(String key, Collection<String> keys) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String known : keys) {
      int distance = distance(key.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = known;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
