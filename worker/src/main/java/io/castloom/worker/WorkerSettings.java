package io.castloom.worker;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.tasks.LoopSettings;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A worker's settings.
 *
 * @param folder where it keeps its cache and its scratch files; emptied at start
 * @param callbacks which addresses callbacks may go to
 * @param cacheBytes how much of stored originals and pieces it keeps
 * @param choice messages that are looked at beyond those that there is room for, to prefer tasks
 *     whose sound is in the cache
 * @param largestWindow unstarted messages of a class for an account, at most
 */
record WorkerSettings(
    InstanceId instance,
    LoopSettings loop,
    Path folder,
    long cacheBytes,
    Reach callbacks,
    int choice,
    int largestWindow) {

  private static final long GIB = 1L << 30;

  static WorkerSettings from(SettingsReader reader) {
    String own = "w-" + UUID.randomUUID().toString().substring(0, 8);
    InstanceId instance =
        reader.custom("instance.id", own, "this instance's name", InstanceId::new);
    Path folder =
        Path.of(System.getProperty("java.io.tmpdir"), "castloom-worker-" + instance.value());
    return new WorkerSettings(
        instance,
        LoopSettings.from(
            reader, "worker", TaskKind.TRANSCODE, Runtime.getRuntime().availableProcessors()),
        reader.path("worker.folder", folder, "cache and scratch files; emptied at start"),
        reader.size(
            "worker.cache", 8 * GIB, 0, 4096 * GIB, "stored sound that is kept on this disk"),
        Callbacks.reach(reader),
        reader.integer(
            "worker.choice",
            2,
            0,
            9,
            "messages looked at beyond the free slots, to prefer tasks whose sound is cached"),
        JobEngine.largestWindow(reader));
  }
}
