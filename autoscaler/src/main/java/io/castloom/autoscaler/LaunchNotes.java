package io.castloom.autoscaler;

import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import io.castloom.service.json.Documents.Versioned;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is about to be launched, written down first, by compare-and-swap: {@code
 * fleet/launches.json}. A new leader writes its epoch there before anything else, so a former one
 * cannot write, and therefore not launch, any more.
 *
 * <p>Is that document lost, spoilt or an old one, then the leader that wrote it last writes it
 * again from memory and goes on. A new leader does not know what was about to be launched: it
 * launches nothing for {@link #DOUBT}, after which the fleet's list shows whatever was. That, too,
 * is written down, so that a crash does not shorten it.
 */
final class LaunchNotes {

  static final String KEY = "fleet/launches.json";

  /** After this a listing shows whatever was launched. */
  static final Duration DOUBT = Duration.ofMinutes(3);

  private static final Logger LOG = LoggerFactory.getLogger(LaunchNotes.class);

  private final Documents<Intent> documents;
  private final Ground ground;
  private final InstantSource clock;
  private Intent last = new Intent(0, List.of(), null);

  /**
   * What it stands on.
   *
   * @param store the private bucket
   * @param spoilt keeps what cannot be read
   * @param leads whether this process certainly leads, now
   */
  record Ground(ObjectStore store, SpoiltDocuments spoilt, BooleanSupplier leads) {}

  /** A launch that was about to be made. */
  record Made(Instant at, LaunchRequest request) {
    Made {
      Objects.requireNonNull(at);
      Objects.requireNonNull(request);
    }

    boolean doubtful(Instant now) {
      return now.isBefore(at.plus(DOUBT));
    }
  }

  /**
   * Launches that leaders were about to make lately.
   *
   * @param epoch of the leader that may launch
   * @param made those that a listing may not show yet, the oldest first
   * @param quietUntil nothing is launched before, as what was about to be is not known; null as a
   *     rule
   */
  record Intent(long epoch, List<Made> made, @Nullable Instant quietUntil) {
    Intent {
      made = List.copyOf(made);
    }

    /** What counts of it still, under an epoch. */
    Intent of(long term, Instant now) {
      return new Intent(
          term,
          made.stream().filter(it -> it.doubtful(now)).toList(),
          quiet(now) ? quietUntil : null);
    }

    Intent with(List<Made> more) {
      List<Made> all = new ArrayList<>(made);
      all.addAll(more);
      return new Intent(epoch, all, quietUntil);
    }

    boolean quiet(Instant now) {
      return quietUntil != null && now.isBefore(quietUntil);
    }
  }

  LaunchNotes(Ground ground, InstantSource clock) {
    this.documents = documents(ground.store());
    this.ground = ground;
    this.clock = clock;
  }

  /** The documents themselves. */
  static Documents<Intent> documents(ObjectStore store) {
    return new Documents<>(store, Intent.class);
  }

  /** Whether this process certainly leads, now. */
  boolean leads() {
    return ground.leads().getAsBoolean();
  }

  /**
   * Begins a leadership: former leaders launch nothing from now on.
   *
   * @return what a former one may or may not have launched
   * @throws IOException nothing may be launched; to be tried again
   */
  List<Made> begin(long term) throws IOException {
    Instant now = clock.instant();
    Intent unknown = new Intent(term, List.of(), now.plus(DOUBT));
    Intent mine;
    Optional<Versioned<Intent>> written;
    try {
      Optional<Versioned<Intent>> read = documents.find(KEY);
      if (read.isEmpty()) {
        mine = term == 1 ? new Intent(term, List.of(), null) : unknown;
        written = documents.create(KEY, mine);
      } else {
        Intent before = read.get().value();
        if (before.epoch() > term) {
          throw new IOException(KEY + " is of term " + before.epoch() + ", later than " + term);
        }
        mine = before.of(term, now);
        written = documents.replace(KEY, read.get(), mine);
      }
    } catch (UnreadableDocumentException e) {
      mine = unknown;
      written = mended(e, mine, "nothing is launched until " + unknown.quietUntil());
    }
    if (written.isEmpty()) {
      throw new IOException(KEY + " was written by another autoscaler at the same time");
    }
    if (mine.equals(unknown)) {
      LOG.warn(
          "what was about to be launched is not known: nothing is until {}, when the fleet's list"
              + " shows all",
          mine.quietUntil());
    }
    last = mine;
    return mine.made();
  }

  /** In this order: who leads after the spoilt bytes were read, writes before anybody after him. */
  private Optional<Versioned<Intent>> mended(
      UnreadableDocumentException spoilt, Intent mine, String instead) throws IOException {
    if (!leads()) {
      return Optional.empty();
    }
    ground.spoilt().keep(spoilt, instead);
    return documents.replace(KEY, spoilt, mine);
  }

  /** The document as this leader wrote it, mended when need be; empty when another leads. */
  private Optional<Versioned<Intent>> mine() throws IOException {
    Optional<Versioned<Intent>> read;
    try {
      read = documents.find(KEY);
    } catch (UnreadableDocumentException e) {
      return mended(e, last, "it is written again as it was");
    }
    if (read.isPresent() && read.get().value().epoch() >= last.epoch()) {
      return read.filter(it -> it.value().epoch() == last.epoch());
    }
    if (!leads()) {
      return Optional.empty();
    }
    LOG.warn("{} is {}, and is written again", KEY, read.isEmpty() ? "lost" : "an old one");
    return read.isEmpty() ? documents.create(KEY, last) : documents.replace(KEY, read.get(), last);
  }

  /**
   * Writes down what is about to be launched.
   *
   * @return empty when another leads: it may not be launched
   * @throws IOException it may not be launched either
   */
  Optional<List<Made>> write(List<LaunchRequest> requests) throws IOException {
    Optional<Versioned<Intent>> read = mine();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    List<Made> wanted = requests.stream().map(request -> new Made(now, request)).toList();
    Intent next = last.of(last.epoch(), now).with(wanted);
    if (documents.replace(KEY, read.get(), next).isEmpty()) {
      return Optional.empty();
    }
    last = next;
    return Optional.of(wanted);
  }

  /** Until when nothing may be launched; empty as a rule. */
  Optional<Instant> quietUntil() {
    return last.quiet(clock.instant()) ? Optional.ofNullable(last.quietUntil()) : Optional.empty();
  }
}
