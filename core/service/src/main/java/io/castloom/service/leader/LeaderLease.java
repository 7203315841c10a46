package io.castloom.service.leader;

import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership as one document, changed by compare-and-swap. A leader renews it while it leads;
 * another takes it when it was not renewed for its time, and counts the epoch up. The epoch goes
 * into everything that a leader does to the world, so that what a former leader still does is told
 * apart.
 *
 * <p>A document that is lost or cannot be read heals by itself: who certainly leads writes it
 * again; else nobody does so before it has been like that for a lease's time, and then with a
 * higher epoch than any leader ever had. The same epoch is taken when somebody put an old document
 * back.
 *
 * <p>Whether a lease has run out is judged by how long the document was seen unchanged on the own
 * clock, never by comparing clocks of two machines. One thread uses it.
 */
public final class LeaderLease {

  /**
   * Who leads.
   *
   * @param holder its name
   * @param epoch counts the leaderships, from 1
   * @param renewals counts up within an epoch, so that a renewal is seen
   * @param released whether the holder gave it up in good order
   */
  public record Term(String holder, long epoch, long renewals, boolean released, Instant at) {
    public Term {
      Objects.requireNonNull(holder);
      Objects.requireNonNull(at);
      if (epoch < 1) {
        throw new IllegalArgumentException("epochs count from 1, not " + epoch);
      }
    }
  }

  /** What else is known of former leaders, and who is told of a document that cannot be read. */
  @FunctionalInterface
  public interface LastEpoch {
    /** The highest epoch that shows anywhere but in the document; 0 when nobody ever led. */
    long known() throws IOException;

    /** The document is about to be written anew. */
    default void spoilt(UnreadableDocumentException document) throws IOException {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

  private final Documents<Term> documents;
  private final String key;
  private final String self;
  private final Duration duration;
  private final InstantSource clock;
  private final LastEpoch lastEpoch;
  private Optional<Documents.Versioned<Term>> seen = Optional.empty();
  private Instant seenAt = Instant.EPOCH;
  private Instant heldSince = Instant.EPOCH;

  /** The epoch that this process holds; 0 for none. */
  private long held;

  private @Nullable String missingAs;
  private Instant missingSince = Instant.EPOCH;

  /**
   * @param store the private bucket
   * @param key the document, for example {@code fleet/leader.json}
   * @param self this process's name, unlike any other's
   * @param lastEpoch asked when the document is lost
   * @param duration after so long without a renewal another may lead; to be renewed at least three
   *     times as often
   */
  public LeaderLease(
      ObjectStore store,
      String key,
      String self,
      Duration duration,
      LastEpoch lastEpoch,
      InstantSource clock) {
    this.lastEpoch = lastEpoch;
    this.documents = new Documents<>(store, Term.class);
    this.key = key;
    this.self = self;
    this.duration = duration;
    this.clock = clock;
  }

  /**
   * Renews the leadership, or takes it when it is free.
   *
   * @return the epoch while this process leads; empty while another does
   * @throws IOException nobody knows: do nothing that only a leader may do
   */
  public Optional<Long> renew() throws IOException {
    Instant now = clock.instant();
    Optional<Documents.Versioned<Term>> there;
    try {
      there = documents.find(key);
    } catch (UnreadableDocumentException e) {
      return healed(e, now);
    }
    if (there.isEmpty()) {
      return healed(null, now);
    }
    missingAs = null;
    Documents.Versioned<Term> document = there.get();
    Term term = document.value();
    if (isMine(term)) {
      Term next = new Term(self, term.epoch(), term.renewals() + 1, false, now);
      return taken(documents.replace(key, document, next), now);
    }
    held = 0;
    boolean unchanged = seen.isPresent() && seen.get().etag().equals(document.etag());
    if (!unchanged) {
      seen = there;
      seenAt = now;
    }
    if (term.released() || now.isAfter(seenAt.plus(duration))) {
      long last = Math.max(term.epoch(), lastEpoch.known());
      return taken(documents.replace(key, document, new Term(self, last + 1, 0, false, now)), now);
    }
    return Optional.empty();
  }

  /** Not when somebody put an old document back: a later leader may be at work. */
  private boolean isMine(Term term) throws IOException {
    if (!term.holder().equals(self) || term.released()) {
      return false;
    }
    return held == term.epoch() || lastEpoch.known() <= term.epoch();
  }

  /** Nobody's name can be read. */
  private Optional<Long> healed(@Nullable UnreadableDocumentException unread, Instant now)
      throws IOException {
    if (certain()) {
      Term mine = seen.orElseThrow().value();
      LOG.warn("{}, and is written again", words(unread));
      Term next = new Term(self, mine.epoch(), mine.renewals() + 1, false, now);
      return taken(written(unread, next), now);
    }
    long last = lastEpoch.known();
    if (unread == null && last == 0) {
      return taken(documents.create(key, new Term(self, 1, 0, false, now)), now);
    }
    String as = unread == null ? "" : unread.etag();
    if (!as.equals(missingAs)) {
      missingAs = as;
      missingSince = now;
      LOG.warn(
          "{}: nobody leads for {} s, then it is made anew", words(unread), duration.toSeconds());
    }
    if (!now.isAfter(missingSince.plus(duration))) {
      return Optional.empty();
    }
    return taken(written(unread, new Term(self, last + 1, 0, false, now)), now);
  }

  private String words(@Nullable UnreadableDocumentException unread) {
    return unread == null ? key + " is lost" : String.valueOf(unread.getMessage());
  }

  private Optional<Documents.Versioned<Term>> written(
      @Nullable UnreadableDocumentException unread, Term term) throws IOException {
    if (unread == null) {
      return documents.create(key, term);
    }
    lastEpoch.spoilt(unread);
    return documents.replace(key, unread, term);
  }

  private Optional<Long> taken(Optional<Documents.Versioned<Term>> written, Instant now) {
    if (written.isPresent()) {
      seen = written;
      heldSince = now;
      held = written.get().value().epoch();
    }
    return written.map(document -> document.value().epoch());
  }

  /**
   * Whether the leadership is certainly still held: asked before each act that only a leader may
   * do, because a tick may take longer than it was thought to.
   */
  public boolean certain() {
    return held > 0 && clock.instant().isBefore(heldSince.plus(duration.dividedBy(2)));
  }

  /** Gives the leadership up, so that another need not wait for its end. */
  public void release() throws IOException {
    Optional<Documents.Versioned<Term>> there = documents.find(key);
    if (there.isPresent() && there.get().value().holder().equals(self)) {
      Term term = there.get().value();
      documents.replace(
          key,
          there.get(),
          new Term(self, term.epoch(), term.renewals() + 1, true, clock.instant()));
    }
    seen = Optional.empty();
    held = 0;
  }
}
