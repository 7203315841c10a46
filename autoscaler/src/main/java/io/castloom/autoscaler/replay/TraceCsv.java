package io.castloom.autoscaler.replay;

import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a trace from CSV. The first line names the columns, in any order: {@code arrival} (seconds
 * or ISO instants) and {@code service} (seconds) are required, {@code estimate} (seconds), {@code
 * kind} and {@code class} are optional. Lines that begin with # are skipped. Times are shifted so
 * that the trace begins at the full hour before its first arrival.
 */
public final class TraceCsv {
  private static final List<String> COLUMNS =
      List.of("arrival", "service", "estimate", "kind", "class");

  /**
   * A trace and when it began.
   *
   * @param trace the jobs, in seconds from the start
   * @param start the full hour before the first arrival
   */
  public record Read(Trace trace, Instant start) {}

  private TraceCsv() {}

  /**
   * Reads all of a stream.
   *
   * @param name what to call the trace
   * @param in UTF-8
   * @return the trace
   * @throws IOException if the stream cannot be read
   * @throws IllegalArgumentException if it is no such CSV; the message names line and reason
   */
  public static Read read(String name, InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Map<String, Integer> columns = Map.of();
    List<Double> arrivals = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.strip().split("\\s*[,;\t]\\s*", -1);
      if (columns.isEmpty()) {
        columns = header(cells, number);
        continue;
      }
      if (cells.length <= columns.values().stream().mapToInt(i -> i).max().orElse(0)) {
        throw new IllegalArgumentException(
            "line " + number + " has " + cells.length + " cells, fewer than the first line names");
      }
      arrivals.add(time(cells[columns.getOrDefault("arrival", 0)], number));
      rows.add(cells);
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "the trace holds no job: a first line such as 'arrival,service', then one line a job");
    }
    double first = arrivals.stream().mapToDouble(d -> d).min().orElse(0);
    double last = arrivals.stream().mapToDouble(d -> d).max().orElse(0);
    double start = Math.floor(first / 3600) * 3600;
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      jobs.add(job(rows.get(i), columns, arrivals.get(i) - start));
    }
    double length = Math.ceil((last - start + 1) / 3600) * 3600;
    return new Read(
        new Trace(name, "from a file", length, jobs, List.of()),
        Instant.ofEpochMilli((long) (start * 1000)));
  }

  private static Map<String, Integer> header(String[] cells, int number) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      String column = cells[i].toLowerCase(Locale.ROOT);
      if (!COLUMNS.contains(column)) {
        throw new IllegalArgumentException(
            "line "
                + number
                + ": unknown column '"
                + cells[i]
                + "'; known are "
                + String.join(", ", COLUMNS));
      }
      columns.put(column, i);
    }
    if (!columns.containsKey("arrival") || !columns.containsKey("service")) {
      throw new IllegalArgumentException(
          "line " + number + " must name the columns arrival and service");
    }
    return columns;
  }

  private static Job job(String[] cells, Map<String, Integer> columns, double arrival) {
    double service = number(cells[columns.getOrDefault("service", 0)], "service");
    double estimate =
        columns.containsKey("estimate")
            ? number(cells[columns.getOrDefault("estimate", 0)], "estimate")
            : 0;
    String kind =
        columns.containsKey("kind") ? cells[columns.getOrDefault("kind", 0)] : "transcode";
    String urgency =
        columns.containsKey("class") ? cells[columns.getOrDefault("class", 0)] : "normal";
    return new Job(arrival, service, estimate, new Lane(kind(kind), workClass(urgency)));
  }

  private static WorkKind kind(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "transcode" -> WorkKind.TRANSCODE;
      case "assembly" -> WorkKind.ASSEMBLY;
      default ->
          throw new IllegalArgumentException("kind is transcode or assembly, not '" + cell + "'");
    };
  }

  private static WorkClass workClass(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "high" -> WorkClass.HIGH;
      case "normal" -> WorkClass.NORMAL;
      case "bulk" -> WorkClass.BULK;
      default ->
          throw new IllegalArgumentException("class is high, normal or bulk, not '" + cell + "'");
    };
  }

  private static double number(String cell, String column) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + " is seconds, not '" + cell + "'", e);
    }
  }

  private static double time(String cell, int number) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException notSeconds) {
      try {
        return Instant.parse(cell).toEpochMilli() / 1000.0;
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "line " + number + ": arrival is seconds or an ISO instant, not '" + cell + "'", e);
      }
    }
  }
}
