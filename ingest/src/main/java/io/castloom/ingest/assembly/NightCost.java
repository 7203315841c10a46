package io.castloom.ingest.assembly;

import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What nights cost: their part of what the day's instances cost, idle and boot time shared out, and
 * the store's calls at the day's price. Reads each day's account once; use one for one answer.
 */
final class NightCost {
  private final ObjectStore store;
  private final Map<LocalDate, Optional<FleetDay>> days = new HashMap<>();

  /**
   * @param store the private bucket
   */
  NightCost(ObjectStore store) {
    this.store = store;
  }

  /**
   * What is read of {@code fleet/ledger/<date>.json}, which the autoscaler writes.
   *
   * @param usd what the instances of the day (UTC) cost
   * @param taskSeconds by account, class and work: seconds of a slot
   * @param storeUsdPerThousandRequests the price of the store's calls
   */
  record FleetDay(
      double usd, Map<String, Double> taskSeconds, @Nullable Double storeUsdPerThousandRequests) {
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
    Optional<FleetDay> fleet = day(run.startedAt().atZone(ZoneOffset.UTC).toLocalDate());
    double requests =
        report.cost(
            fleet
                .map(FleetDay::storeUsdPerThousandRequests)
                .orElse(ScalingSettings.STORE_LIST_PRICE)); // where no autoscaler noted another
    double all = requests;
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
    } catch (NoSuchObjectException | UnreadableDocumentException e) {
      read = Optional.empty(); // a spoilt bill is the autoscaler's to tell of
    }
    days.put(date, read);
    return read;
  }
}
