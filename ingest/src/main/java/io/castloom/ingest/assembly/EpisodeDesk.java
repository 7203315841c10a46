package io.castloom.ingest.assembly;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.ProblemException;
import io.castloom.ingest.shows.ShowAccess;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Finds the episode that a request is about and plans it. */
final class EpisodeDesk {
  private final Catalog catalog;
  private final ShowAccess access;
  private final NightPlanner planner;
  private final InstantSource clock;

  EpisodeDesk(Catalog catalog, NightPlanner planner, InstantSource clock) {
    this.catalog = catalog;
    this.access = new ShowAccess(catalog);
    this.planner = planner;
    this.clock = clock;
  }

  /** An episode and what a night gives to it. */
  record Planned(Show show, Episode episode, NightPlanner.Verdict verdict) {}

  /** The name of the episode in the path, which is there and which the caller may see. */
  DocumentKey.OfEpisode name(Context ctx) throws IOException {
    return access.episode(ctx);
  }

  /** Plans the episode for {@code ?date=}, else for the show's night that began last. */
  Planned plan(Context ctx) throws IOException {
    DocumentKey.OfEpisode key = name(ctx);
    Show show = good(catalog.show(key.show()).orElseThrow(() -> gone(key)));
    Episode episode = good(catalog.episode(show, key.episode()).orElseThrow(() -> gone(key)));
    if (episode.state() == PublicationState.WITHDRAWN) {
      throw io.castloom.ingest.http.Problem.of(
              409, "withdrawn", key.words() + " is withdrawn: nothing is assembled for it")
          .exception();
    }
    Instant now = clock.instant();
    String date = ctx.queryParam("date");
    LocalDate night =
        date == null ? Nights.current(now, show.dropTime(), show.zone()) : date("date", date);
    NightPlanner.Verdict verdict =
        planner.plan(key.show(), key.episode(), night, now).orElseThrow(() -> gone(key));
    return new Planned(show, episode, verdict);
  }

  /** A date as people write it, within reason: nobody plans other centuries. */
  static LocalDate date(String name, String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() >= 2000 && date.getYear() < 2100) {
        return date;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw Call.wrong(name, text, "is a date from 2000-01-01 to 2099-12-31");
  }

  private static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) ->
          throw new io.castloom.ingest.http.Problem(
                  409,
                  "document-broken",
                  "the document does not keep the rules (any more): " + problems.getFirst(),
                  Map.of("problems", problems))
              .exception();
    };
  }

  private static ProblemException gone(DocumentKey key) {
    return Call.notFound(key.words() + " is not there (any more)");
  }
}
