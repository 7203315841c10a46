package io.castloom.ingest.assembly;

import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a night cost: its part of what the day's instances cost, idle and boot time shared out, and
 * the store's calls at the list price.
 */
final class NightCost {
  /** S3 Standard, us-east-1: 1,000 PUT, COPY, POST or LIST requests, in US dollars. */
  private static final double USD_PER_THOUSAND_REQUESTS = 0.005;

  private NightCost() {}

  /**
   * What is read of {@code fleet/ledger/<date>.json}, which the autoscaler writes.
   *
   * @param usd what the instances of the day (UTC) cost
   * @param taskSeconds by account, class and work: seconds of a slot
   */
  record FleetDay(double usd, Map<String, Double> taskSeconds) {}

  /**
   * In US dollars; {@code instances} is absent where no autoscaler kept an account of the day.
   *
   * @param store the private bucket
   */
  static Map<String, Object> of(ObjectStore store, NightRecord run) throws IOException {
    NightReport report = run.report();
    Map<String, Object> cost = new LinkedHashMap<>();
    if (report == null) {
      return cost;
    }
    double requests = report.cost(USD_PER_THOUSAND_REQUESTS);
    double all = requests;
    try {
      LocalDate day = run.startedAt().atZone(ZoneOffset.UTC).toLocalDate();
      FleetDay fleet = Json.read(store, "fleet/ledger/" + day + ".json", FleetDay.class);
      double worked = fleet.taskSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
      double share =
          worked == 0 ? 0 : Math.min(1, report.time().toMillis() / 1000.0 / worked) * fleet.usd();
      cost.put("instances", share);
      all += share;
    } catch (NoSuchObjectException e) {
      // no fleet of instances that cost something
    }
    cost.put("requests", requests);
    cost.put("usd", all);
    return cost;
  }
}
