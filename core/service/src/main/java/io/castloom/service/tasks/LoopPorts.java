package io.castloom.service.tasks;

import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.WorkQueues;

/** What a loop works with. */
public record LoopPorts(
    JobStore jobs,
    Backlog backlog,
    WorkQueues queues,
    Dispatcher dispatcher,
    Endings endings,
    ControlChannel control,
    WorkQueue<Heartbeat> heartbeats,
    FleetView fleet,
    RunningPlaces places) {

  /** A process's own, of what it has for its jobs. */
  public static LoopPorts of(
      JobEngine engine, Endings endings, ControlChannel control, WorkQueue<Heartbeat> heartbeats) {
    return new LoopPorts(
        engine.jobs(),
        engine.backlog(),
        engine.queues(),
        engine.dispatcher(),
        endings,
        control,
        heartbeats,
        engine.fleet(),
        engine.places());
  }
}
