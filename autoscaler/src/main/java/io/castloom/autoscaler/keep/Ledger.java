package io.castloom.autoscaler.keep;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fleet cost, day by day, and for whom it worked: {@code fleet/ledger/<date>.json}.
 * Instance time is counted from launch to end, at the prices of the settings.
 */
public final class Ledger {

  private static final Duration WRITE_EVERY = Duration.ofMinutes(1);

  private final ObjectStore store;
  private final SpoiltDocuments spoilt;
  private @Nullable Day today;
  private Instant countedAt = Instant.EPOCH;
  private Instant writtenAt = Instant.EPOCH;

  /** By what a day is shared out; in the order of the key's parts. */
  public enum Part {
    ACCOUNT(0),
    CLASS(1),
    KIND(2),
    SHOW(3);

    private final int place;

    Part(int place) {
      this.place = place;
    }
  }

  /**
   * A day's account, in UTC.
   *
   * @param usd what the instances cost
   * @param instanceSeconds by kind, all states
   * @param taskSeconds by {@code account|class|work|show}: seconds of a slot; the show is empty for
   *     what was done for none, and absent in days that older versions wrote
   * @param storeUsdPerThousandRequests the price of the store's calls on that day, for reports of
   *     its nights; null in days that older versions wrote
   */
  public record Day(
      LocalDate date,
      double usd,
      Map<String, Double> instanceSeconds,
      Map<String, Double> taskSeconds,
      @Nullable Double storeUsdPerThousandRequests) {
    public Day {
      Objects.requireNonNull(date);
      instanceSeconds = Map.copyOf(instanceSeconds);
      taskSeconds = Map.copyOf(taskSeconds);
    }

    /**
     * What each account, class, sort of work or show cost: its part of the task seconds, so that
     * idle and boot time is shared out with them.
     *
     * @return in US dollars; of what was done for no show under the empty name
     */
    public Map<String, Double> usdBy(Part part) {
      double price = usdPerTaskSecond();
      Map<String, Double> shares = new HashMap<>();
      taskSeconds.forEach(
          (key, seconds) -> {
            String[] parts = key.split("\\|", -1);
            String name = part.place < parts.length ? parts[part.place] : "";
            shares.merge(name, seconds * price, Double::sum);
          });
      return shares;
    }

    /** What a second of a task cost, idle and boot time included; 0 when none ran. */
    public double usdPerTaskSecond() {
      double all = taskSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
      return all == 0 ? 0 : usd / all;
    }
  }

  /**
   * @param store the private bucket
   */
  public Ledger(ObjectStore store) {
    this(store, new SpoiltDocuments(store, "fleet/", _ -> {}));
  }

  /**
   * @param store the private bucket
   * @param spoilt keeps a day that cannot be read; it is then counted anew, from here on
   */
  public Ledger(ObjectStore store, SpoiltDocuments spoilt) {
    this.store = store;
    this.spoilt = spoilt;
  }

  private static String key(LocalDate date) {
    return "fleet/ledger/" + date + ".json";
  }

  /**
   * A day's account; empty when nothing was noted.
   *
   * @throws UnreadableDocumentException it is spoilt
   */
  public Optional<Day> day(LocalDate date) throws IOException {
    try {
      return Optional.of(Json.read(store, key(date), Day.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  /**
   * Counts the time since the last call.
   *
   * @return what it cost, in US dollars
   */
  public double count(
      List<InstanceView> instances,
      List<Heartbeat.Done> done,
      ScalingSettings settings,
      Instant now)
      throws IOException {
    LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Day before = today;
    if (before == null || !before.date().equals(date)) {
      if (before != null) {
        write(before, now);
      }
      before = begun(date);
    }
    double seconds =
        countedAt.equals(Instant.EPOCH) ? 0 : Duration.between(countedAt, now).toMillis() / 1000.0;
    countedAt = now;
    Map<String, Double> instanceSeconds = new HashMap<>(before.instanceSeconds());
    double usd = 0;
    for (InstanceView instance : instances) {
      if (instance.guest()) {
        continue;
      }
      instanceSeconds.merge(instance.kind().name(), seconds, Double::sum);
      usd += seconds / 3600 * price(instance, settings);
    }
    Map<String, Double> taskSeconds = new HashMap<>(before.taskSeconds());
    for (Heartbeat.Done task : done) {
      taskSeconds.merge(
          String.join(
              "|",
              task.account().value(),
              task.workClass().slug(),
              task.task().work(),
              Objects.requireNonNullElse(task.show(), "")),
          Duration.between(task.startedAt(), task.endedAt()).toMillis() / 1000.0,
          Double::sum);
    }
    today =
        new Day(
            date,
            before.usd() + usd,
            instanceSeconds,
            taskSeconds,
            settings.storeUsdPerThousandRequests());
    if (now.isAfter(writtenAt.plus(WRITE_EVERY))) {
      flush(now);
    }
    return usd;
  }

  private Day begun(LocalDate date) throws IOException {
    Day nothing = new Day(date, 0, Map.of(), Map.of(), null);
    try {
      return day(date).orElse(nothing);
    } catch (UnreadableDocumentException e) {
      spoilt.keep(e, "the day's bill begins anew");
      return nothing;
    }
  }

  private static double price(InstanceView instance, ScalingSettings settings) {
    for (InstanceType type : settings.types()) {
      if (type.name().equals(instance.type())) {
        return type.usdPerHour(instance.market());
      }
    }
    return 0;
  }

  /** Writes the day so far. */
  public void flush(Instant now) throws IOException {
    Day day = today;
    if (day != null) {
      write(day, now);
    }
  }

  private void write(Day day, Instant now) throws IOException {
    store.put(key(day.date()), Json.data(day), PutCondition.always());
    writtenAt = now;
  }

  /** Begins afresh: another leader has written meanwhile. */
  public void reset() {
    today = null;
    countedAt = Instant.EPOCH;
  }
}
