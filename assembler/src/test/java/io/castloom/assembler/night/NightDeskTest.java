package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.nightly.NightReport;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NightDeskTest {
  private final NightOffice office;

  NightDeskTest() throws IOException {
    office = new NightOffice();
  }

  @Test
  void of_two_assemblers_one_runs_the_night() throws IOException {
    office.desk("a").tick();
    office.desk("b").tick();

    assertThat(office.run().by()).isEqualTo("a");
    assertThat(office.run().ordered()).extracting(NightRun.Ordered::episode).containsExactly("one");
    assertThat(office.ordered()).hasSize(1);
  }

  @Test
  void a_night_is_finished_by_whoever_sees_its_jobs_ended_and_the_feed_is_written()
      throws IOException {
    office.desk("a").tick();
    Job job = office.ordered().getFirst();
    office.jobs.end(
        job.account(),
        job.id(),
        new JobStore.Ending(JobState.FAILED, office.clock.instant(), "no disk"));

    office.desk("b").tick();

    assertThat(office.run().state()).isEqualTo(NightRun.State.FINISHED);
    assertThat(office.run().report().lines())
        .extracting(NightReport.Line::outcome, NightReport.Line::why)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(NightReport.Outcome.FAILED, "no disk"));
    assertThat(office.files.head("feeds/talk.xml")).isPresent();
  }

  @Test
  void missed_nights_are_not_made_up_for_and_the_last_one_is() throws IOException {
    office.clock.advance(Duration.ofDays(5));

    office.desk("a").tick();

    assertThat(office.find(NightOffice.NIGHT)).isEmpty();
    assertThat(office.find(NightOffice.NIGHT.plusDays(5))).isPresent();
  }

  @Test
  void a_run_that_was_begun_and_never_ordered_is_begun_again_after_a_while() throws IOException {
    new Documents<>(office.store, NightRun.class)
        .create(
            NightRun.key(NightOffice.NIGHT, "talk"),
            NightRun.begin("talk", NightOffice.NIGHT, office.clock.instant(), "dead"));

    office.desk("b").tick();
    assertThat(office.run().by()).isEqualTo("dead");

    office.clock.advance(Duration.ofMinutes(11));
    office.desk("b").tick();
    assertThat(office.run().by()).isEqualTo("b");
    assertThat(office.ordered()).hasSize(1);
  }

  @Test
  void a_draft_is_left_as_it_is() throws IOException {
    office.apply(
        new DocumentKey.OfEpisode("talk", "one"),
        Map.of(
            "title",
            "One",
            "bodies",
            List.of(office.recording("body.wav", Duration.ofMinutes(30)))));

    office.desk("a").tick();

    assertThat(office.run().ordered()).isEmpty();
    assertThat(office.run().report().skipped()).containsEntry("draft", 1L);
  }
}
