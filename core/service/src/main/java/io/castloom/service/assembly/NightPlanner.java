package io.castloom.service.assembly;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.campaign.AdPlanner;
import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.campaign.NightPlan;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.media.Profile;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.PublicationState;
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
  private final ShowFormats formats;
  private final HeardCount heard;
  private final String encoder;

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
    this.formats = formats;
    this.heard = new HeardCount(store);
    this.encoder = encoder;
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
    private Verdict kept() {
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
        ? verdicts(book, night)
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
        return Optional.of(verdict(book.show(), formats.of(book.show()), entry, planned));
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

  private List<Verdict> verdicts(ShowBook book, Night night) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    List<Profile> profiles = formats.of(book.show());
    Map<Candidate, Verdict> byCandidate = new LinkedHashMap<>();
    for (ShowBook.Entry entry : book.episodes()) {
      Episode episode = entry.episode();
      Candidate candidate = candidate(entry, night.heard());
      if (episode.state() == PublicationState.WITHDRAWN) {
        continue;
      }
      if (night.ads().has(book.show().id(), episode.id())) {
        byCandidate.put(candidate, verdict(book.show(), profiles, entry, night).kept());
      } else if (!Candidate.due(episode.state(), episode.publishedAt(), night.now())) {
        byCandidate.put(candidate, notYet(candidate, entry, night));
      }
    }
    byCandidate.keySet().stream()
        .sorted(Candidate.order(night.now()))
        .forEach(c -> verdicts.add(Objects.requireNonNull(byCandidate.get(c))));
    return verdicts;
  }

  /** A draft, or an episode of another week: told, but without a slot. */
  private static Verdict notYet(Candidate candidate, ShowBook.Entry entry, Night night) {
    Episode episode = entry.episode();
    return new Verdict(
        entry,
        candidate.decide(Map.of(), night.now()),
        new EpisodeOrder(episode.show(), episode.id(), night.night(), List.of(), List.of()),
        Map.of());
  }

  private Verdict verdict(Show show, List<Profile> profiles, ShowBook.Entry entry, Night planned) {
    NightPlan ads = planned.ads();
    LocalDate night = planned.night();
    String id = entry.episode().id();
    List<SlotPlan> slots = ads.slots(show.id(), id);
    Map<String, Arrangement> arrangements = new LinkedHashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Profile profile : profiles) {
      Arrangement arrangement =
          Arrangement.of(
              show,
              entry.episode(),
              entry.originals(),
              night,
              slots,
              Rendering.of(profile, encoder));
      arrangements.put(profile.name(), arrangement);
      wanted.put(profile.name(), arrangement.fingerprint());
    }
    Candidate.Decision decision = candidate(entry, planned.heard()).decide(wanted, planned.now());
    List<String> why =
        switch (decision) {
          case Candidate.Decision.Rebuild _ -> ads.explain(show.id(), id);
          case Candidate.Decision.Skip _ -> List.of(); // nobody asks, and ten thousand cost a while
        };
    EpisodeOrder order = new EpisodeOrder(show.id(), id, night, slots, why);
    return new Verdict(entry, decision, order, arrangements);
  }

  private static Candidate candidate(ShowBook.Entry entry, Heard heard) {
    Episode episode = entry.episode();
    return new Candidate(
        episode.show(),
        episode.id(),
        episode.state(),
        episode.publishedAt(),
        heard.perDay(episode.show(), episode.id()),
        entry.media().fingerprints());
  }
}
