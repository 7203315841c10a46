package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.json.Documents;
import io.castloom.service.json.Documents.Versioned;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches once for each need, although a crash may come between any two calls, a listing may lag
 * and a former leader may still act.
 *
 * <p>What is about to be launched is written down first, by compare-and-swap: {@code
 * fleet/launches.json}. A new leader writes its epoch there before anything else, so a former one
 * cannot write, and therefore not launch, any more; and it asks again, with the same tokens, for
 * what the former one may or may not have launched.
 */
final class Launcher {

  static final String KEY = "fleet/launches.json";

  /** After this a listing shows whatever was launched. */
  static final Duration DOUBT = Duration.ofMinutes(3);

  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  private final Documents<Intent> documents;
  private final Fleet fleet;
  private final FleetBook book;
  private final InstantSource clock;

  private long epoch;
  private List<Made> doubtful = List.of();

  /** A launch that was about to be made. */
  record Made(Instant at, LaunchRequest request) {
    boolean doubtful(Instant now) {
      return now.isBefore(at.plus(DOUBT));
    }
  }

  /**
   * Launches that leaders were about to make lately.
   *
   * @param epoch of the leader that may launch
   * @param made those that a listing may not show yet, the oldest first
   */
  record Intent(long epoch, List<Made> made) {
    Intent {
      made = List.copyOf(made);
    }

    List<Made> doubtful(Instant now) {
      return made.stream().filter(it -> it.doubtful(now)).toList();
    }
  }

  /**
   * @param store the private bucket
   */
  Launcher(ObjectStore store, Fleet fleet, FleetBook book, InstantSource clock) {
    this.documents = new Documents<>(store, Intent.class);
    this.fleet = fleet;
    this.book = book;
    this.clock = clock;
  }

  /** The epoch of whoever led last, as far as anything tells but the lease; 0 when none did. */
  static long lastEpoch(ObjectStore store) throws IOException {
    long described = 0;
    try {
      described = Json.read(store, FleetStatus.KEY, FleetStatus.class).epoch();
    } catch (NoSuchObjectException e) {
      LOG.debug("nobody has described the fleet yet");
    }
    long began =
        new Documents<>(store, Intent.class).find(KEY).map(it -> it.value().epoch()).orElse(0L);
    return Math.max(described, began);
  }

  /**
   * Begins a leadership: former leaders launch nothing from now on.
   *
   * @throws IOException nothing may be launched; to be tried again
   */
  void begin(long term) throws IOException {
    Optional<Versioned<Intent>> read = documents.find(KEY);
    if (read.isEmpty()) {
      claimed(documents.create(KEY, new Intent(term, List.of())), term);
      return;
    }
    Intent before = read.get().value();
    if (before.epoch() > term) {
      throw new IOException(KEY + " is of term " + before.epoch() + ", later than " + term);
    }
    Intent mine = new Intent(term, before.doubtful(clock.instant()));
    claimed(documents.replace(KEY, read.get(), mine), term);
    doubtful = mine.made();
  }

  private void claimed(Optional<Versioned<Intent>> written, long term) throws IOException {
    if (written.isEmpty()) {
      throw new IOException(KEY + " was written by another autoscaler at the same time");
    }
    epoch = term;
  }

  /** Asks again for launches whose outcome is not known; a token that was used launches nothing. */
  List<String> settle() {
    List<String> outcomes = new ArrayList<>();
    List<Made> open = doubtful;
    doubtful = List.of();
    for (Made made : open) {
      if (made.doubtful(clock.instant())) {
        outcomes.add(ask(made));
      } else {
        failed(made.request(), made.request().count(), "its outcome was never known");
      }
    }
    return outcomes;
  }

  /** Launches; gives a line for each request. */
  List<String> launch(List<LaunchRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    if (!doubtful.isEmpty()) {
      return List.of("not launched: the outcome of an earlier launch is in doubt");
    }
    List<Made> wanted = new ArrayList<>();
    try {
      Optional<Versioned<Intent>> read = documents.find(KEY);
      if (read.isEmpty()) {
        LOG.warn("{} is lost, and is written again", KEY);
        read = documents.create(KEY, new Intent(epoch, List.of()));
      }
      if (read.isEmpty() || read.get().value().epoch() != epoch) {
        return List.of("not launched: another autoscaler leads");
      }
      Instant now = clock.instant();
      requests.forEach(request -> wanted.add(new Made(now, request)));
      List<Made> all = new ArrayList<>(read.get().value().doubtful(now));
      all.addAll(wanted);
      if (documents.replace(KEY, read.get(), new Intent(epoch, all)).isEmpty()) {
        return List.of("not launched: another autoscaler has begun to lead");
      }
    } catch (IOException e) {
      LOG.warn("nothing is launched, as it cannot be written down first: {}", e.toString());
      return List.of("not launched: " + e.getMessage());
    }
    return wanted.stream().map(this::ask).toList();
  }

  private String ask(Made made) {
    LaunchRequest request = made.request();
    String type = String.join(" or ", request.types());
    try {
      switch (fleet.launch(request)) {
        case LaunchOutcome.Launched launched -> {
          book.launched(launched.instances(), clock.instant());
          int missing = request.count() - launched.instances().size();
          failed(request, missing, String.join("; ", launched.shortfalls()));
          LOG.info(
              "launched {} of {} {}: {}",
              launched.instances().size(),
              request.count(),
              type,
              request.token());
          return "launched " + launched.instances().stream().map(it -> it.id().value()).toList();
        }
        case LaunchOutcome.Refused(String reason) -> {
          LOG.warn("launch of {} {} refused: {}", request.count(), type, reason);
          failed(request, request.count(), reason);
          return "refused: " + reason;
        }
      }
    } catch (IOException e) {
      LOG.warn("launch of {} {} is in doubt: {}", request.count(), type, e.toString());
      List<Made> more = new ArrayList<>(doubtful);
      more.add(made);
      doubtful = List.copyOf(more);
      return "in doubt: " + e.getMessage();
    }
  }

  private void failed(LaunchRequest request, int count, String reason) {
    for (int i = 0; i < count; i++) {
      book.news()
          .launchFailed(
              new Observations.FailedLaunch(
                  Translation.kind(request.kind()),
                  request.types().getFirst(),
                  request.spotShare() > 0 ? Market.SPOT : Market.ON_DEMAND,
                  reason));
    }
  }
}
