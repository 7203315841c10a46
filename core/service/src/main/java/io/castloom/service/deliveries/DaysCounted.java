package io.castloom.service.deliveries;

import io.castloom.domain.delivery.DeliveryCounter;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Days of the delivery log counted together; each version's facts are read once. One thread. */
public final class DaysCounted {

  private final DeliveryReader log;
  private final StoredVersions versions;
  private final Map<String, Optional<VersionFacts>> known = new HashMap<>();
  private final DeliveryCounter counter = new DeliveryCounter(this::facts);

  public DaysCounted(DeliveryReader log, StoredVersions versions) {
    this.log = log;
    this.versions = versions;
  }

  /**
   * Counts a day (UTC) as well.
   *
   * @throws IOException the store failed; what was counted of the day is not to be used
   */
  public void add(LocalDate day) throws IOException {
    try {
      log.read(day, line -> counter.add(line.record()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The counts of all days so far. */
  public DeliveryCounter counts() {
    return counter;
  }

  private @Nullable VersionFacts facts(String version) {
    return known
        .computeIfAbsent(
            version,
            key -> {
              try {
                return versions.facts(key);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .orElse(null);
  }
}
