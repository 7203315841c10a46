package io.castloom.autoscaler;

import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import io.castloom.service.json.Documents.Versioned;
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
  private Instant doubtSince = Instant.EPOCH;
  private List<LaunchRequest> doubtful = List.of();

  /**
   * Launches that a leader was about to make.
   *
   * @param epoch of the leader that may launch
   */
  record Intent(long epoch, Instant at, List<LaunchRequest> requests) {
    Intent {
      requests = List.copyOf(requests);
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

  /**
   * Begins a leadership: former leaders launch nothing from now on.
   *
   * @throws IOException nothing may be launched; to be tried again
   */
  void begin(long term) throws IOException {
    Optional<Versioned<Intent>> read = documents.find(KEY);
    if (read.isEmpty()) {
      claimed(documents.create(KEY, new Intent(term, Instant.EPOCH, List.of())), term);
      return;
    }
    Intent before = read.get().value();
    if (before.epoch() > term) {
      throw new IOException(KEY + " is of term " + before.epoch() + ", later than " + term);
    }
    Intent mine = new Intent(term, before.at(), before.requests());
    claimed(documents.replace(KEY, read.get(), mine), term);
    if (clock.instant().isBefore(before.at().plus(DOUBT))) {
      doubtful = before.requests();
      doubtSince = before.at();
    }
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
    List<LaunchRequest> open = doubtful;
    doubtful = List.of();
    for (LaunchRequest request : open) {
      if (clock.instant().isBefore(doubtSince.plus(DOUBT))) {
        outcomes.add(ask(request));
      } else {
        failed(request, request.count(), "its outcome was never known");
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
    try {
      Optional<Versioned<Intent>> read = documents.find(KEY);
      if (read.isEmpty() || read.get().value().epoch() != epoch) {
        return List.of("not launched: another autoscaler leads");
      }
      Instant now = clock.instant();
      if (documents.replace(KEY, read.get(), new Intent(epoch, now, requests)).isEmpty()) {
        return List.of("not launched: another autoscaler has begun to lead");
      }
      doubtSince = now;
    } catch (IOException e) {
      LOG.warn("nothing is launched, as it cannot be written down first: {}", e.toString());
      return List.of("not launched: " + e.getMessage());
    }
    return requests.stream().map(this::ask).toList();
  }

  private String ask(LaunchRequest request) {
    String type = String.join(" or ", request.types());
    try {
      switch (fleet.launch(request)) {
        case LaunchOutcome.Launched launched -> {
          book.launched(living(launched.instances()), clock.instant());
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
      List<LaunchRequest> more = new ArrayList<>(doubtful);
      more.add(request);
      doubtful = List.copyOf(more);
      return "in doubt: " + e.getMessage();
    }
  }

  private static List<Instance> living(List<Instance> instances) {
    return instances.stream()
        .filter(it -> it.state() == InstanceState.PENDING || it.state() == InstanceState.RUNNING)
        .toList();
  }

  private void failed(LaunchRequest request, int count, String reason) {
    for (int i = 0; i < count; i++) {
      book.launchFailed(
          new Observations.FailedLaunch(
              Translation.kind(request.kind()),
              request.types().getFirst(),
              request.spotShare() > 0 ? Market.SPOT : Market.ON_DEMAND,
              reason));
    }
  }
}
