package io.castloom.autoscaler;

import io.castloom.autoscaler.LaunchNotes.Made;
import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.Translation;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches once for each need, although a crash may come between any two calls, a listing may lag
 * and a former leader may still act: nothing is launched that was not written down before, and a
 * new leader asks again, with the same tokens, for what the former one may or may not have
 * launched.
 */
final class Launcher {

  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  private final LaunchNotes notes;
  private final Fleet fleet;
  private final FleetBook book;
  private final InstantSource clock;
  private List<Made> doubtful = List.of();

  Launcher(LaunchNotes notes, Fleet fleet, FleetBook book, InstantSource clock) {
    this.notes = notes;
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
    doubtful = notes.begin(term);
  }

  /** Why nothing may be launched at present; empty when something may. */
  Optional<String> hindrance() {
    if (!doubtful.isEmpty()) {
      return Optional.of("not launched: the outcome of an earlier launch is in doubt");
    }
    return notes
        .quietUntil()
        .map(
            until ->
                "not launched: "
                    + LaunchNotes.KEY
                    + " was lost or spoilt; until "
                    + until
                    + " the fleet's list may not show what had been launched");
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
    Optional<String> hindrance = hindrance();
    if (hindrance.isPresent()) {
      return List.of(hindrance.get());
    }
    Optional<List<Made>> written;
    try {
      written = notes.write(requests);
    } catch (IOException e) {
      LOG.warn("nothing is launched, as it cannot be written down first: {}", e.toString());
      return List.of("not launched: " + e.getMessage());
    }
    return written
        .map(wanted -> wanted.stream().map(this::ask).toList())
        .orElse(List.of("not launched: another autoscaler leads"));
  }

  private String ask(Made made) {
    LaunchRequest request = made.request();
    if (!notes.leads()) {
      doubt(made); // whoever leads now asks for it: it is written down
      return "in doubt: the leadership is";
    }
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
      doubt(made);
      return "in doubt: " + e.getMessage();
    }
  }

  private void doubt(Made made) {
    List<Made> more = new ArrayList<>(doubtful);
    more.add(made);
    doubtful = List.copyOf(more);
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
