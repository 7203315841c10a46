package io.castloom.service.assembly;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.campaign.AdPlanner;
import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.campaign.NightPlan;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.show.Show;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.deliveries.Heard;
import io.castloom.service.deliveries.HeardCount;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Plans nights: reads the books, lets the domain's planner fill the slots, and decides for each
 * episode by fingerprint whether it has to be assembled. No media are read.
 */
public final class NightPlanner {

  private static final String LEDGER = "nightly/ledger.json";

  private final Catalog catalog;
  private final ShowBooks books;
  private final NightInsertions insertions;
  private final Documents<Ledger> ledgers;
  private final NightVerdicts verdicts;
  private final HeardCount heard;

  /**
   * @param store the private bucket
   * @param formats a show's formats as profiles
   * @param encoder the build of the fleet's encoder, which the pieces carry
   */
  public NightPlanner(
      Catalog catalog,
      ShowBooks books,
      io.castloom.domain.store.ObjectStore store,
      ShowFormats formats,
      String encoder) {
    this.catalog = catalog;
    this.books = books;
    this.insertions = new NightInsertions(store);
    this.ledgers = new Documents<>(store, Ledger.class);
    this.verdicts = new NightVerdicts(formats, encoder);
    this.heard = new HeardCount(store);
  }

  /**
   * An episode on a night.
   *
   * @param arrangements by format, in the show's order; empty for an episode of a whole night that
   *     stays as it is
   */
  public record Verdict(
      ShowBook.Entry entry,
      Candidate.Decision decision,
      EpisodeOrder order,
      Map<String, Arrangement> arrangements) {
    /** What is kept while a show's night is done: of thousands that stay, no arrangement. */
    Verdict kept() {
      return switch (decision) {
        case Candidate.Decision.Rebuild _ -> this;
        case Candidate.Decision.Skip _ -> new Verdict(entry, decision, order, Map.of());
      };
    }
  }

  /**
   * A planned night. It holds the ads of every slot and no episode: those are read again show by
   * show, so that a night over a large archive needs the memory of its largest show.
   *
   * @param broken problems of shows and episodes that could not be planned, by their names
   * @param books of each show that was planned, the etag of its book
   */
  public record Night(
      LocalDate night,
      Instant now,
      NightPlan ads,
      Heard heard,
      Map<String, List<Problem>> broken,
      Counters before,
      Map<String, String> books) {

    /** The shows that were planned, in order. */
    public Set<String> shows() {
      return books.keySet();
    }
  }

  /** A show with its episodes, as it is planned from; empty when there is none. */
  public Optional<Reading<ShowBook>> book(String show) throws IOException {
    return books.read(show);
  }

  /** Plans a night for all shows. Nothing is stored. */
  public Night plan(LocalDate night, Instant now) throws IOException {
    return plan(night, now, (_, _) -> true);
  }

  /**
   * Plans a night of which only a part is done (again): all other episodes keep what they hold.
   *
   * @param free tells of a show and an episode, by their ids, whether it may get other ads
   */
  public Night plan(LocalDate night, Instant now, BiPredicate<String, String> free)
      throws IOException {
    return plan(night, now, (_, _) -> false, free);
  }

  private Night plan(
      LocalDate night,
      Instant now,
      BiPredicate<String, String> asked,
      BiPredicate<String, String> free)
      throws IOException {
    Heard known = heard.read();
    List<Show> shows = new ArrayList<>();
    NightSlots slots = new NightSlots(night, now, known, asked, free);
    Map<String, List<Problem>> broken = new TreeMap<>();
    Map<String, String> read = new LinkedHashMap<>();
    for (String id : catalog.shows()) {
      switch (books.read(id).orElse(null)) {
        case null -> {}
        case Reading.Bad<ShowBook>(List<Problem> problems) -> broken.put(id, problems);
        case Reading.Good<ShowBook>(ShowBook book) -> {
          shows.add(book.show());
          slots.add(book);
          read.put(id, book.etag());
          book.bad().forEach((episode, problems) -> broken.put(id + "/" + episode, problems));
        }
      }
    }
    List<Creative> creatives = catalog.goodCreatives(null);
    List<Campaign> campaigns = campaigns(creatives, shows);
    Counters before = before(night, campaigns, known);
    NightPlan ads = AdPlanner.plan(slots.all(), campaigns, creatives, night, before);
    return new Night(night, now, ads, known, broken, before, read);
  }

  /**
   * What a planned night does with a show's episodes, in the order in which they are to be
   * assembled. An episode that came after the night was planned is not among them.
   *
   * @return nothing for a show that was not planned, or is gone
   */
  public List<Verdict> verdicts(Night night, String show) throws IOException {
    String etag = night.books().get(show);
    return etag != null
            && books.again(show, etag).orElse(null) instanceof Reading.Good<ShowBook>(ShowBook book)
        ? verdicts.of(book, night)
        : List.of();
  }

  /**
   * Plans one episode for a night; all others keep what they hold.
   *
   * @return empty when there is no such episode, or it breaks the rules
   */
  public Optional<Verdict> plan(String show, String episode, LocalDate night, Instant now)
      throws IOException {
    BiPredicate<String, String> asked = (one, other) -> one.equals(show) && other.equals(episode);
    Night planned = plan(night, now, asked, asked);
    String etag = planned.books().get(show);
    if (etag != null
        && books.again(show, etag).orElse(null) instanceof Reading.Good<ShowBook>(ShowBook book)) {
      ShowBook.Entry entry = book.entry(episode);
      if (entry != null && planned.ads().has(show, episode)) {
        return Optional.of(verdicts.of(book, entry, planned));
      }
    }
    return Optional.empty();
  }

  /** Notes that a night was planned for good. Planning it again gives the same counters. */
  public void keep(Night night) throws IOException {
    Counters after = night.before().after(night.ads(), Map.of());
    insertions.keep(night.night(), night.ads().insertions());
    ledgers.update(
        LEDGER,
        before -> {
          Ledger last = Objects.requireNonNullElse(before, Ledger.EMPTY);
          return night.night().isBefore(last.night())
              ? last
              : new Ledger(night.night(), night.before(), after);
        });
  }

  private Ledger ledger() throws IOException {
    return ledgers.find(LEDGER).map(Documents.Versioned::value).orElse(Ledger.EMPTY);
  }

  private List<Campaign> campaigns(List<Creative> creatives, List<Show> shows) throws IOException {
    List<Campaign> campaigns = new ArrayList<>();
    for (Reading<Campaign> reading : catalog.campaigns(creatives, shows)) {
      if (reading instanceof Reading.Good<Campaign>(Campaign campaign)) {
        campaigns.add(campaign);
      }
    }
    return campaigns;
  }

  /** A night that was planned before is planned from the same counters. */
  private Counters before(LocalDate night, List<Campaign> campaigns, Heard known)
      throws IOException {
    Ledger ledger = ledger();
    Counters before = ledger.with(night);
    return night.isAfter(ledger.night())
        ? before.delivered(campaigns, known.impressions())
        : before;
  }
}
