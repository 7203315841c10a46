package io.castloom.tests.endtoend;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the roles of the stack permit and a run of one episode on the embedded cloud does not need:
 * who needs it. An action that stands neither here nor in such a run is one too many.
 */
final class NeededElsewhere {

  /** By {@code process action}. */
  static final Map<String, String> BY_WHOM = byWhom();

  private static Map<String, String> byWhom() {
    Map<String, String> all = new TreeMap<>();
    for (String process : new String[] {"worker", "assembler"}) {
      all.put(process + " sqs:TagQueue", "CreateQueue with tags, checked by AWS alone");
      all.put(process + " sqs:DeleteQueue", "its own control queue, when it stops");
      all.put(process + " s3:AbortMultipartUpload", "S3MultipartUpload, when a part fails");
    }
    all.put("ingest s3:AbortMultipartUpload", "S3MultipartUpload, when a sender goes away");
    all.put("ingest sqs:ListQueues", "castloom fleet pause, to all instances");
    all.put("ingest sqs:ReceiveMessage", "GET /v1/dead");
    all.put("ingest sqs:DeleteMessage", "DELETE of a dead letter");
    all.put("ingest sqs:ChangeMessageVisibility", "GET /v1/dead, to put back what it looked at");
    all.put("ingest sqs:StartMessageMoveTask", "redrive of dead letters");
    all.put("autoscaler sqs:ListQueues", "Janitor, of control queues");
    all.put("autoscaler sqs:DeleteQueue", "Janitor, of control queues whose instance is gone");
    all.put("autoscaler ec2:DescribeInstances", "Ec2Fleet.list");
    all.put("autoscaler ec2:DescribeLaunchTemplateVersions", "Ec2Fleet, before a roll's launch");
    all.put("autoscaler ec2:CreateFleet", "Ec2Fleet.launch");
    all.put("autoscaler ec2:RunInstances", "CreateFleet, checked by AWS alone");
    all.put("autoscaler ec2:CreateTags", "CreateFleet with tags, checked by AWS alone");
    all.put("autoscaler ec2:TerminateInstances", "Ec2Fleet.terminate");
    all.put("autoscaler iam:PassRole", "CreateFleet with an instance profile, by AWS alone");
    return Map.copyOf(all);
  }

  private NeededElsewhere() {}
}
