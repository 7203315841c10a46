package io.castloom.ingest.assembly;

import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What nights cost: their part of what the day's instances cost, idle and boot time shared out, and
 * the store's calls. Reads each day's account once; use one for one answer.
 */
final class NightCost {
  private final ObjectStore store;
  private final double usdPerThousandRequests;
  private final Map<LocalDate, Optional<FleetDay>> days = new HashMap<>();

  /**
   * @param store the private bucket
   * @param usdPerThousandRequests the price of 1,000 PUT, COPY, POST or LIST requests
   */
  NightCost(ObjectStore store, double usdPerThousandRequests) {
    this.store = store;
    this.usdPerThousandRequests = usdPerThousandRequests;
  }

  /**
   * What is read of {@code fleet/ledger/<date>.json}, which the autoscaler writes.
   *
   * @param usd what the instances of the day (UTC) cost
   * @param taskSeconds by account, class and work: seconds of a slot
   */
  record FleetDay(double usd, Map<String, Double> taskSeconds) {
    private double share(Duration time) {
      double worked = taskSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
      return worked == 0 ? 0 : Math.min(1, time.toMillis() / 1000.0 / worked) * usd;
    }
  }

  /** In US dollars; {@code instances} is absent where no autoscaler kept an account of the day. */
  Map<String, Object> of(NightRecord run) throws IOException {
    NightReport report = run.report();
    Map<String, Object> cost = new LinkedHashMap<>();
    if (report == null) {
      return cost;
    }
    double requests = report.cost(usdPerThousandRequests);
    double all = requests;
    Optional<FleetDay> fleet = day(run.startedAt().atZone(ZoneOffset.UTC).toLocalDate());
    if (fleet.isPresent()) {
      double share = fleet.get().share(report.time());
      cost.put("instances", share);
      all += share;
    }
    cost.put("requests", requests);
    cost.put("usd", all);
    return cost;
  }

  /** Empty where no fleet of instances cost something. */
  private Optional<FleetDay> day(LocalDate date) throws IOException {
    Optional<FleetDay> known = days.get(date);
    if (known != null) {
      return known;
    }
    Optional<FleetDay> read;
    try {
      read = Optional.of(Json.read(store, "fleet/ledger/" + date + ".json", FleetDay.class));
    } catch (NoSuchObjectException e) {
      read = Optional.empty();
    }
    days.put(date, read);
    return read;
  }
}
