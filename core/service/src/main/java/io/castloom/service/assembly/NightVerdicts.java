package io.castloom.service.assembly;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.campaign.NightPlan;
import io.castloom.domain.campaign.SlotPlan;
import io.castloom.domain.media.Profile;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import io.castloom.service.assembly.NightPlanner.Night;
import io.castloom.service.assembly.NightPlanner.Verdict;
import io.castloom.service.deliveries.Heard;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a planned night does with each episode, by fingerprints alone. */
final class NightVerdicts {

  private final ShowFormats formats;
  private final String encoder;

  NightVerdicts(ShowFormats formats, String encoder) {
    this.formats = formats;
    this.encoder = encoder;
  }

  /** Of a whole show, in the order in which they are to be assembled. */
  List<Verdict> of(ShowBook book, Night night) throws IOException {
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
        byCandidate.put(candidate, verdict(book.show(), profiles, entry, night, false).kept());
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

  /** Of one episode, with the reasons of its slots also when it stays as it is: somebody asks. */
  Verdict of(ShowBook book, ShowBook.Entry entry, Night night) throws IOException {
    return verdict(book.show(), formats.of(book.show()), entry, night, true);
  }

  /**
   * @param asked whether reasons are wanted also of what stays as it is: of ten thousand episodes
   *     they cost a while
   */
  private Verdict verdict(
      Show show, List<Profile> profiles, ShowBook.Entry entry, Night planned, boolean asked) {
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
    boolean told =
        switch (decision) {
          case Candidate.Decision.Rebuild _ -> true;
          case Candidate.Decision.Skip _ -> asked;
        };
    List<String> why = told ? ads.explain(show.id(), id) : List.of();
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
        heard.perDay(episode.show(), episode.id(), entry.heardSince()),
        entry.media().fingerprints());
  }
}
