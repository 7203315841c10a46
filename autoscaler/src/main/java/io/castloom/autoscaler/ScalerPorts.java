package io.castloom.autoscaler;

import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.jobs.WorkQueues;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an autoscaler works with.
 *
 * @param store the private bucket
 * @param tasks brings back the tasks of instances that died
 * @param announcements work that is known before its messages exist
 */
record ScalerPorts(
    ObjectStore store,
    Backlog backlog,
    WorkQueues queues,
    WorkQueue<Heartbeat> heartbeats,
    ControlChannel control,
    LostTasks tasks,
    Supplier<List<Announcement>> announcements) {}
