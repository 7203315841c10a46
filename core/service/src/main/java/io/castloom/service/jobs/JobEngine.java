package io.castloom.service.jobs;

import io.castloom.domain.store.ObjectStore;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.settings.SettingsReader;
import java.time.InstantSource;

/**
 * What every process needs that has to do with jobs: where they are kept, what waits, and who sends
 * their tasks. Tasks are sent by whoever made them ready, so all processes send by the same rules.
 *
 * @param places how many tasks of an account run at once
 */
public record JobEngine(
    StoredJobs jobs,
    StoredBacklog backlog,
    WorkQueues queues,
    FleetView fleet,
    Accounts accounts,
    RunningPlaces places,
    Dispatcher dispatcher) {

  /** The largest window when nothing else is set. */
  public static final int LARGEST_WINDOW = 200;

  /**
   * Over a bucket and its queues.
   *
   * @param store the private bucket
   * @param largestWindow unstarted messages of a class for an account of weight 1, at most; 2 to
   *     1,000
   */
  public static JobEngine over(
      ObjectStore store, WorkQueues queues, int largestWindow, InstantSource clock) {
    StoredJobs jobs = new StoredJobs(store);
    StoredBacklog backlog = new StoredBacklog(store);
    FleetView fleet = new FleetView(store, clock);
    Accounts accounts = new Accounts(store, clock);
    Dispatcher.Fairness fairness =
        new Dispatcher.Fairness(
            fleet::slots, accounts::weight, accounts::runningTasks, largestWindow);
    return new JobEngine(
        jobs,
        backlog,
        queues,
        fleet,
        accounts,
        new RunningPlaces(store, accounts::runningTasks, clock),
        new Dispatcher(jobs, backlog, queues, fairness, clock));
  }

  /** The setting of the largest window, which every process reads. */
  public static int largestWindow(SettingsReader reader) {
    return reader.integer(
        "jobs.largestWindow",
        LARGEST_WINDOW,
        Window.SMALLEST,
        Window.LARGEST,
        "unstarted messages of a class for an account, at most");
  }
}
