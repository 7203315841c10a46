package io.castloom.ingest.delivery;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Flight;
import io.castloom.domain.campaign.Goal;
import io.castloom.domain.delivery.DeliveryCounter;
import io.castloom.domain.delivery.InsertionsReport;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.ShowAccess;
import io.castloom.service.assembly.NightInsertions;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.deliveries.DaysCounted;
import io.castloom.service.deliveries.DeliveryReader;
import io.castloom.service.versions.StoredVersions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v1/campaigns/{id}/insertions}: what a campaign was promised and what it got, from one
 * date to another: slots of the nights, and downloads counted from the delivery log (days in UTC).
 * Without dates from its first flight, or the last 30 days, to today. The goal and the pace are
 * told when nothing of the flights lies before {@code from}.
 */
public final class InsertionRoutes implements Routes {
  private static final int MOST_DAYS = 400;
  private static final int USUAL_DAYS = 30;

  private final Catalog catalog;
  private final ShowAccess access;
  private final NightInsertions insertions;
  private final StoredVersions versions;
  private final DeliveryReader log;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public InsertionRoutes(ObjectStore store, Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.access = new ShowAccess(catalog);
    this.insertions = new NightInsertions(store);
    this.versions = new StoredVersions(store);
    this.log = new DeliveryReader(store);
    this.clock = clock;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/campaigns/{id}/insertions", this::report);
  }

  private void report(Context ctx) throws IOException {
    String format = Optional.ofNullable(ctx.queryParam("format")).orElse("json");
    if (!format.equals("json") && !format.equals("csv")) {
      throw Call.wrong("format", format, "is json or csv");
    }
    Campaign campaign = campaign(access.find(ctx, new DocumentKey.OfCampaign(ctx.pathParam("id"))));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate to = date(ctx, "to", today);
    Optional<LocalDate> begins =
        campaign.flights().stream().map(Flight::from).min(Comparator.naturalOrder());
    LocalDate from =
        date(
            ctx,
            "from",
            begins.filter(first -> !first.isAfter(to)).orElse(to.minusDays(USUAL_DAYS - 1)));
    long days = ChronoUnit.DAYS.between(from, to) + 1;
    if (days < 1 || days > MOST_DAYS) {
      throw Call.wrong(
          "from", from.toString(), "is at most " + MOST_DAYS + " days before to (" + to + ")");
    }
    boolean whole = begins.isEmpty() || !begins.get().isBefore(from);
    InsertionsReport report = report(whole ? campaign : withoutGoal(campaign), from, to);
    if (format.equals("csv")) {
      ctx.contentType("text/csv; charset=utf-8");
      ctx.header("Content-Disposition", "inline; filename=\"" + campaign.id() + ".csv\"");
      ctx.header("Cache-Control", "no-store");
      ctx.result(report.csv());
      return;
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("campaign", campaign.id());
    view.put("from", from);
    view.put("to", to);
    view.put("rows", report.rows().stream().map(InsertionsReport.Row::tree).toList());
    Call.json(ctx, 200, view);
  }

  private InsertionsReport report(Campaign campaign, LocalDate from, LocalDate to)
      throws IOException {
    DaysCounted days = new DaysCounted(log, versions);
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      days.add(day);
    }
    DeliveryCounter counter = days.counts();
    Map<String, Long> inserted = insertions.of(campaign.id(), from, to);
    Map<String, Long> delivered = counter.impressions().getOrDefault(campaign.id(), Map.of());
    Goal goal = campaign.goal();
    Map<String, Long> reached =
        goal != null && goal.unit() == Goal.Unit.IMPRESSIONS ? delivered : inserted;
    double done = reached.values().stream().mapToLong(Long::longValue).sum();
    return InsertionsReport.of(
        List.of(campaign),
        to.plusDays(1),
        new Counters(Map.of(campaign.id(), done), Map.of(campaign.id(), inserted)),
        counter.impressions());
  }

  private Campaign campaign(Catalog.Stored stored) throws IOException {
    Reading<Campaign> reading =
        Campaign.read(stored.tree(), catalog.goodCreatives(stored.account()), catalog.goodShows());
    return switch (reading) {
      case Reading.Good<Campaign>(Campaign campaign) -> campaign;
      case Reading.Bad<Campaign>(List<Problem> problems) ->
          throw new io.castloom.ingest.http.Problem(
                  409,
                  "document-broken",
                  "the campaign does not keep the rules (any more): " + problems.getFirst(),
                  Map.of("problems", problems))
              .exception();
    };
  }

  private static Campaign withoutGoal(Campaign of) {
    return new Campaign(
        of.id(),
        of.account(),
        of.advertiser(),
        of.tier(),
        of.creatives(),
        of.flights(),
        null,
        of.targeting(),
        of.exclusions(),
        of.caps(),
        of.paused());
  }

  private static LocalDate date(Context ctx, String name, LocalDate otherwise) {
    String text = ctx.queryParam(name);
    try {
      return text == null ? otherwise : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Call.wrong(name, text, "is a date such as 2026-11-25");
    }
  }
}
