package io.castloom.worker;

import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.FfmpegTools;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.instance.InterruptionWatch;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.process.Role;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.process.ServiceContext;
import io.castloom.service.tasks.Identity;
import io.castloom.service.tasks.LoopPorts;
import io.castloom.service.tasks.TaskLoop;
import io.castloom.worker.cache.DiskCache;
import io.castloom.worker.callback.CallbackSender;
import io.castloom.worker.stages.Stages;
import io.castloom.worker.stages.Workbench;
import java.io.IOException;
import java.util.Set;

/** What a worker is made of. */
public final class WorkerMain {

  private WorkerMain() {}

  /** Runs a worker until it is told to end. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs it until it is told to end; gives the exit code. */
  public static int run(String[] args) {
    return Service.main(Role.WORKER, args, WorkerSettings::from, WorkerMain::build);
  }

  /**
   * Refuses arguments with which a worker would not start.
   *
   * @return the names of all its settings
   * @throws io.castloom.service.settings.SettingsException a setting is wrong or unknown
   */
  public static Set<String> check(ServiceArguments arguments) {
    return Service.check(Role.WORKER, arguments, WorkerSettings::from);
  }

  static void build(WorkerSettings settings, ServiceContext context)
      throws IOException, InterruptedException {
    Cloud cloud = context.cloud();
    WorkerMetrics metrics = new WorkerMetrics(context.telemetry().registry());

    FfmpegTools tools = new FfmpegTools(Ffmpeg.find(context.serviceArguments().environment()));
    WorkerFolders folders = context.parts().add("folders", WorkerFolders.fresh(settings.folder()));
    DiskCache cache =
        new DiskCache(cloud.privateStore(), folders.cache(), settings.cacheBytes(), metrics);
    Stages stages =
        new Stages(
            new Workbench(
                tools, cloud.privateStore(), cache, folders.scratch(), context.clock(), metrics));

    JobEngine engine =
        JobEngine.over(
            cloud.privateStore(), cloud.queues(), settings.largestWindow(), context.clock());
    CallbackSender callbacks =
        new CallbackSender(engine.accounts(), settings.callbacks(), context.clock());
    Endings endings = new Endings(engine.jobs(), new Callbacks(engine.dispatcher()));
    TaskLoop loop =
        context
            .parts()
            .add(
                "task loop",
                TaskLoop.start(
                    LoopPorts.of(engine, endings, cloud.control(), cloud.heartbeats()),
                    settings.loop(),
                    new Identity(settings.instance(), tools.encoderBuild()),
                    new TranscodeHandler(stages, callbacks, cache, settings.choice()),
                    context.stop(),
                    context.telemetry().registry(),
                    context.clock()));
    context
        .parts()
        .add(
            "interruption watch",
            InterruptionWatch.start(
                context.serviceArguments().environment(),
                context.clock(),
                at -> loop.interrupted("spot interruption at " + at)));
  }
}
