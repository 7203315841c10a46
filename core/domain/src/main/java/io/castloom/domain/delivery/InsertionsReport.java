package io.castloom.domain.delivery;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Goal;
import io.castloom.domain.campaign.Pace;
import io.castloom.domain.document.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What campaigns were promised and what they got.
 *
 * @param asOf the night before which everything is counted
 * @param rows for each campaign one row for all shows and then one for each show
 */
public record InsertionsReport(LocalDate asOf, List<Row> rows) {
  /** Copies the list. */
  public InsertionsReport {
    rows = List.copyOf(rows);
  }

  /**
   * A line.
   *
   * @param campaign the campaign's id
   * @param show the show's id, or empty for all shows together
   * @param goal what was sold, or null without a goal and in the rows of single shows
   * @param unit what the goal counts, or null
   * @param planned how many of the unit should have been reached by now
   * @param inserted slots that carried the campaign, once a night
   * @param delivered downloads that carried it
   * @param pace in words; empty without a goal
   */
  public record Row(
      String campaign,
      String show,
      @Nullable Long goal,
      Goal.@Nullable Unit unit,
      @Nullable Long planned,
      long inserted,
      long delivered,
      String pace) {
    /** The fields by their names, for JSON. */
    public Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("campaign", campaign);
      tree.put("show", show);
      if (goal != null && unit != null && planned != null) {
        tree.put("goal", goal);
        tree.put("unit", Words.of(unit));
        tree.put("planned", planned);
      }
      tree.put("inserted", inserted);
      tree.put("delivered", delivered);
      tree.put("pace", pace);
      return tree;
    }
  }

  /**
   * Reports.
   *
   * @param campaigns whose report it is
   * @param asOf the night before which is counted
   * @param counters insertions so far
   * @param impressions delivered downloads so far, by campaign and show
   */
  public static InsertionsReport of(
      Collection<Campaign> campaigns,
      LocalDate asOf,
      Counters counters,
      Map<String, Map<String, Long>> impressions) {
    List<Row> rows = new ArrayList<>();
    for (Campaign campaign :
        campaigns.stream().sorted(Comparator.comparing(Campaign::id)).toList()) {
      Map<String, Long> inserted = counters.inShow().getOrDefault(campaign.id(), Map.of());
      Map<String, Long> delivered = impressions.getOrDefault(campaign.id(), Map.of());
      rows.add(total(campaign, asOf, counters, sum(inserted), sum(delivered)));
      TreeSet<String> shows = new TreeSet<>(inserted.keySet());
      shows.addAll(delivered.keySet());
      for (String show : shows) {
        rows.add(
            new Row(
                campaign.id(),
                show,
                null,
                null,
                null,
                inserted.getOrDefault(show, 0L),
                delivered.getOrDefault(show, 0L),
                ""));
      }
    }
    return new InsertionsReport(asOf, rows);
  }

  private static Row total(
      Campaign campaign, LocalDate asOf, Counters counters, long inserted, long delivered) {
    Goal goal = campaign.goal();
    Pace pace = Pace.of(campaign, asOf, counters);
    return new Row(
        campaign.id(),
        "",
        goal == null ? null : goal.amount(),
        goal == null ? null : goal.unit(),
        pace == null ? null : Math.round(pace.due()),
        inserted,
        delivered,
        pace == null ? "" : pace.words());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** RFC 4180: a header, then one line a row, with CRLF. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder("campaign,show,goal,unit,planned,inserted,delivered,pace\r\n");
    for (Row row : rows) {
      Object[] cells = {
        row.campaign,
        row.show,
        row.goal,
        row.unit == null ? null : Words.of(row.unit),
        row.planned,
        row.inserted,
        row.delivered,
        row.pace
      };
      for (int i = 0; i < cells.length; i++) {
        csv.append(i == 0 ? "" : ",").append(cell(cells[i]));
      }
      csv.append("\r\n");
    }
    return csv.toString();
  }

  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
