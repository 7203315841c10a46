package io.castloom.autoscaler;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.JobStore;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.Escalation;
import io.castloom.service.jobs.JobEngine;
import io.castloom.service.jobs.JobHealer;
import io.castloom.service.jobs.Sweeper;
import io.castloom.service.process.Role;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceContext;
import io.castloom.service.telemetry.CloudWatchSettings;
import io.castloom.service.telemetry.Publication;
import java.time.InstantSource;

/** What an autoscaler is made of. */
public final class AutoscalerMain {

  private AutoscalerMain() {}

  /** Runs an autoscaler of EC2 instances until it is told to end. */
  public static void main(String[] args) {
    System.exit(
        Service.main(
            Role.AUTOSCALER,
            args,
            AutoscalerSettings::from,
            (settings, context) ->
                build(
                    settings,
                    context,
                    context
                        .cloud()
                        .ec2Fleet(settings.templates(), settings.subnets(), context.clock()))));
  }

  /**
   * Builds one over any fleet.
   *
   * @param fleet whose instances it launches and ends
   */
  public static void build(AutoscalerSettings settings, ServiceContext context, Fleet fleet) {
    Cloud cloud = context.cloud();
    InstantSource clock = context.clock();
    JobEngine engine =
        JobEngine.over(cloud.privateStore(), cloud.queues(), settings.largestWindow(), clock);
    JobStore jobs = engine.jobs();
    Backlog backlog = engine.backlog();
    Dispatcher dispatcher = engine.dispatcher();
    Endings endings = new Endings(jobs, new Callbacks(dispatcher));
    Sweeper sweeper =
        new Sweeper(jobs, backlog, cloud.queues(), dispatcher, settings.healAfter(), clock);
    JobHealer healer = new JobHealer(jobs, backlog, dispatcher, endings, clock);
    Autoscaler scaler =
        new Autoscaler(
            new ScalerPorts(
                cloud.privateStore(),
                backlog,
                cloud.queues(),
                cloud.heartbeats(),
                cloud.control(),
                new LostTasks(jobs, backlog),
                new AnnouncedWork(cloud.privateStore(), clock)),
            fleet,
            settings.self(),
            settings.scaling(),
            settings.lease(),
            new ScalerMetrics(context.telemetry().registry()),
            clock);
    CloudWatchSettings publication = settings.publication();
    if (publication != null) {
      context
          .parts()
          .add(
              "publication",
              new Publication(
                      context.telemetry().registry(),
                      publication.metrics(),
                      cloud.cloudWatch(publication.namespace()),
                      scaler::leads,
                      clock)
                  .every(publication.every()));
    }
    context
        .parts()
        .add(
            "scaler loop",
            ScalerLoop.start(
                scaler,
                new ScalerLoop.Tended(
                    dispatcher,
                    new Escalation(backlog, dispatcher, settings.rise(), clock),
                    sweeper,
                    healer,
                    engine.accounts()),
                settings.scaling().tuning().tick()));
  }
}
