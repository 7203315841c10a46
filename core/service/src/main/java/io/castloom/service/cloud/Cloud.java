package io.castloom.service.cloud;

import io.castloom.aws.AwsClients;
import io.castloom.aws.CallListener;
import io.castloom.aws.Provisioner;
import io.castloom.aws.cloudwatch.CloudWatchFigureSink;
import io.castloom.aws.ec2.Ec2Fleet;
import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.aws.s3.S3ObjectStore;
import io.castloom.aws.sqs.SqsControlChannel;
import io.castloom.aws.sqs.SqsWorkQueue;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.metric.FigureSink;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import io.castloom.service.names.Names;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The buckets and queues of an environment. Opening it asks nothing of the services; {@link #check}
 * does.
 *
 * @param heartbeats what instances say of themselves, for the autoscaler
 */
public record Cloud(
    AwsClients clients,
    Names names,
    ObjectStore privateStore,
    ObjectStore publicStore,
    WorkQueues queues,
    WorkQueue<Heartbeat> heartbeats,
    ControlChannel control)
    implements AutoCloseable {

  /** Opens an environment for whoever is no process of it. */
  public static Cloud open(CloudSettings settings, CallListener listener) {
    return open(settings, listener, "castloom");
  }

  /**
   * Opens an environment.
   *
   * @param caller who asks, for the access logs: {@code castloom-worker}
   */
  public static Cloud open(CloudSettings settings, CallListener listener, String caller) {
    AwsClients clients = new AwsClients(settings.aws(), listener, caller);
    Names names = settings.names();
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(
          workClass,
          new SqsWorkQueue<>(
              clients.sqs(),
              names.queue(workClass),
              names.deadLetters(workClass.kind()),
              Json.codec(Task.class)));
    }
    return new Cloud(
        clients,
        names,
        new S3ObjectStore(clients.s3(), names.privateBucket()),
        new S3ObjectStore(clients.s3(), names.publicBucket()),
        new WorkQueues(byClass),
        new SqsWorkQueue<>(
            clients.sqs(),
            names.fleetQueue(),
            names.fleetQueue() + "-dead",
            Json.codec(Heartbeat.class)),
        new SqsControlChannel(clients.sqs(), names.environment(), Json.codec(Directive.class)));
  }

  /**
   * Makes what is missing.
   *
   * @return the names of what was made
   */
  public List<String> provision() throws IOException {
    return new Provisioner(clients).provision(names.buckets(), queuePlans(names));
  }

  /** All queues of an environment but the control queues, for a provisioner. */
  public static List<Provisioner.QueuePlan> queuePlans(Names names) {
    List<Provisioner.QueuePlan> plans = new ArrayList<>();
    names.workQueues().forEach((queue, dead) -> plans.add(new Provisioner.QueuePlan(queue, dead)));
    plans.add(new Provisioner.QueuePlan(names.fleetQueue(), names.fleetQueue() + "-dead"));
    return List.copyOf(plans);
  }

  /**
   * Asks for both buckets and one queue.
   *
   * @throws IOException the first that is missing, or the service that does not answer, by name
   */
  public void check() throws IOException {
    privateStore.list("config/", "", 1);
    publicStore.list("feeds/", "", 1);
    queues.of(WorkClass.all().getFirst()).counts();
  }

  /**
   * The fleet of EC2 instances.
   *
   * @param templates launch templates by kind, {@code transcode} and {@code assembly}, each written
   *     {@code name version type,type; ...}
   * @param subnets where to launch; empty leaves it to the templates
   * @throws io.castloom.service.settings.SettingsException a template is written otherwise
   */
  public Fleet ec2Fleet(Map<String, String> templates, List<String> subnets, InstantSource clock) {
    return new Ec2Fleet(
        clients.ec2(),
        new Ec2FleetSettings(names.environment(), Templates.parse(templates), subnets),
        clock);
  }

  /**
   * CloudWatch as a place for figures.
   *
   * @throws IllegalArgumentException it cannot be a namespace's name
   */
  public FigureSink cloudWatch(String namespace) {
    return new CloudWatchFigureSink(clients.cloudWatch(), namespace);
  }

  @Override
  public void close() {
    clients.close();
  }
}
