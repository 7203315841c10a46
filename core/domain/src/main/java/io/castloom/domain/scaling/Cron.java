package io.castloom.domain.scaling;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Five fields, as cron has them: minute, hour, day of month, month, day of week (0 or 7 is Sunday;
 * names are understood). Lists, ranges and steps; when both days are restricted, either matches, as
 * in cron.
 *
 * <p>Wall-clock time in a zone: a time that the clock skips fires as much later as the gap is long,
 * a time that it repeats fires once, the first time.
 */
final class Cron {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean eitherDay;

  private Cron(String[] fields, String text) {
    minutes = field(fields[0], 0, 59, List.of(), text);
    hours = field(fields[1], 0, 23, List.of(), text);
    daysOfMonth = field(fields[2], 1, 31, List.of(), text);
    months = field(fields[3], 1, 12, MONTHS, text);
    daysOfWeek = field(fields[4], 0, 7, DAYS, text);
    if (daysOfWeek.get(7)) {
      daysOfWeek.set(0);
    }
    eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  static Cron parse(String text) {
    String[] fields = text.strip().split("\\s+");
    Rule.require(
        fields.length == 5,
        "schedule",
        "'" + text + "'",
        "has five fields: minute hour day month weekday");
    return new Cron(fields, text);
  }

  /**
   * The last firing at or before {@code at}, looking back at most {@code span}; null if there is
   * none.
   */
  @Nullable Instant lastFiring(Instant at, ZoneId zone, java.time.Duration span) {
    LocalDateTime end =
        at.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES).plusHours(3);
    LocalDateTime begin = at.minus(span).atZone(zone).toLocalDateTime().minusHours(3);
    Instant found = null;
    for (LocalDateTime day = begin.truncatedTo(ChronoUnit.DAYS);
        !day.isAfter(end);
        day = day.plusDays(1)) {
      if (!matchesDay(day)) {
        continue;
      }
      for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
        for (int minute = minutes.nextSetBit(0);
            minute >= 0;
            minute = minutes.nextSetBit(minute + 1)) {
          // ofLocal moves a skipped wall time on by the gap and takes the first of two repeated
          // ones
          Instant firing =
              ZonedDateTime.ofLocal(day.withHour(hour).withMinute(minute), zone, null).toInstant();
          if (!firing.isAfter(at)
              && !firing.isBefore(at.minus(span))
              && (found == null || firing.isAfter(found))) {
            found = firing;
          }
        }
      }
    }
    return found;
  }

  private boolean matchesDay(LocalDateTime time) {
    if (!months.get(time.getMonthValue())) {
      return false;
    }
    boolean ofMonth = daysOfMonth.get(time.getDayOfMonth());
    boolean ofWeek = daysOfWeek.get(time.getDayOfWeek().getValue() % 7);
    return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
  }

  private static BitSet field(String field, int low, int high, List<String> names, String text) {
    BitSet set = new BitSet(high + 1);
    for (String part : field.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      int step = stepped.length == 2 ? number(stepped[1], List.of(), 0, text) : 1;
      Rule.require(
          stepped.length <= 2 && step >= 1,
          "schedule",
          "'" + text + "'",
          "has steps of at least 1");
      int from = low;
      int to = high;
      if (!stepped[0].equals("*")) {
        String[] range = stepped[0].split("-", -1);
        from = number(range[0], names, low, text);
        to =
            range.length == 2
                ? number(range[1], names, low, text)
                : stepped.length == 2 ? high : from;
        Rule.require(range.length <= 2, "schedule", "'" + text + "'", "has ranges of two ends");
      }
      Rule.require(
          from >= low && to <= high && from <= to,
          "schedule",
          "'" + text + "'",
          "has '" + part + "' outside " + low + "-" + high);
      for (int value = from; value <= to; value += step) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, List<String> names, int firstName, String whole) {
    int named = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return named + firstName;
    }
    Rule.require(
        text.matches("\\d{1,2}"),
        "schedule",
        "'" + whole + "'",
        "has the field '" + text + "' that is no number");
    return Integer.parseInt(text);
  }
}
