package io.castloom.service.assembly;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Turns what was planned for an episode into a job. Doing it again is harmless. */
public final class AssemblyOrders {

  private final ObjectStore store;
  private final StoredOriginals originals;
  private final ShowFormats formats;
  private final Dispatcher dispatcher;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  public AssemblyOrders(
      ObjectStore store, ShowFormats formats, Dispatcher dispatcher, InstantSource clock) {
    this.store = store;
    this.originals = new StoredOriginals(store);
    this.formats = formats;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /**
   * Orders an episode's assembly: first the order, then the job.
   *
   * @param by tells an order by hand from the nightly one: empty for that
   * @return empty when the episode's first body recording is gone
   */
  public Optional<Job> order(Show show, NightPlanner.Verdict verdict, Priority priority, String by)
      throws IOException {
    EpisodeOrder order = verdict.order();
    Optional<Original> body =
        originals.find(
            new AccountId(show.account()),
            new Sha256(verdict.entry().episode().bodies().getFirst()));
    if (body.isEmpty()) {
      return Optional.empty();
    }
    store.put(
        EpisodeOrder.key(order.night(), order.show(), order.episode()),
        Json.data(order),
        PutCondition.always());
    Job job =
        JobPlanner.planAssembly(
            body.get(),
            formats.of(show),
            new Job.Assembly(order.show(), order.episode(), order.night()),
            priority,
            by,
            clock.instant());
    return Optional.of(dispatcher.submit(job));
  }
}
