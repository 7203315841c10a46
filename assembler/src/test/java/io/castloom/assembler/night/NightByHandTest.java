package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.nightly.NightReport;
import io.castloom.service.assembly.NightInsertions;
import io.castloom.service.assembly.NightRequests;
import io.castloom.service.catalog.DocumentKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nights that somebody asks for. */
final class NightByHandTest {
  private final NightOffice office;

  NightByHandTest() throws IOException {
    office = new NightOffice();
  }

  @Test
  void what_failed_is_run_again_when_somebody_asks_and_its_line_is_replaced() throws IOException {
    office.desk("a").tick();
    office.end(office.ordered().getFirst(), JobState.FAILED, "no disk");
    office.desk("a").tick();
    office.clock.advance(Duration.ofMinutes(1));
    NightRequests requests = new NightRequests(office.store);
    requests.ask(
        new NightRequests.Request(
            "talk",
            NightOffice.NIGHT,
            NightRequests.Extent.FAILED,
            office.clock.instant().minusSeconds(1)));

    office.desk("b").tick();
    office.desk("a").tick(); // the other one comes as well

    assertThat(requests.open()).isEmpty();
    assertThat(office.run().state()).isEqualTo(NightRun.State.ORDERED);
    assertThat(office.run().by()).isEqualTo("b");
    List<Job> both = office.ordered();
    assertThat(both).hasSize(2);
    JobId again = office.run().ordered().getFirst().job();
    Job second = both.stream().filter(job -> job.id().equals(again)).findFirst().orElseThrow();
    office.end(second, JobState.DONE, "");
    office.desk("a").tick();
    assertThat(office.run().state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(office.run().report().lines())
        .extracting(NightReport.Line::outcome)
        .containsExactly(NightReport.Outcome.REBUILT);

    requests.ask(
        new NightRequests.Request(
            "talk",
            NightOffice.NIGHT,
            NightRequests.Extent.FAILED,
            office.clock.instant().minusSeconds(5)));
    office.desk("b").tick(); // an order of before the run that served it
    assertThat(office.ordered()).hasSize(2);
    assertThat(requests.open()).isEmpty();
  }

  @Test
  void what_is_run_again_by_hand_books_nothing_for_other_shows() throws IOException {
    office.show("news", "two", office.recording("news.wav", Duration.ofMinutes(30)));
    String ad = office.recording("ad.wav", Duration.ofSeconds(20));
    office.desk("a").tick();
    for (Job job : office.ordered()) {
      office.end(job, JobState.DONE, "");
    }
    office.desk("a").tick();
    office.apply(
        new DocumentKey.OfCreative("rope"),
        Map.of(
            "advertiser", "tidewater",
            "title", "Rope",
            "language", "en",
            "versions", List.of(Map.of("original", ad, "weight", 1))));
    office.apply(
        new DocumentKey.OfCampaign("rope-all-year"),
        Map.of("advertiser", "tidewater", "tier", "house", "creatives", List.of("rope")));
    office.clock.advance(Duration.ofMinutes(1));
    new NightRequests(office.store)
        .ask(
            new NightRequests.Request(
                "talk",
                NightOffice.NIGHT,
                NightRequests.Extent.ALL,
                office.clock.instant().minusSeconds(1)));

    office.desk("a").tick();

    assertThat(
            new NightInsertions(office.store)
                .of("rope-all-year", NightOffice.NIGHT, NightOffice.NIGHT))
        .containsOnlyKeys("talk");
  }
}
