package io.castloom.aws.ec2;

import io.castloom.domain.fleet.InstanceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/** What an instance would read of itself in its metadata: for whoever stands in for the machine. */
public final class Ec2Machines {

  /**
   * A launched instance.
   *
   * @param zone for example {@code us-east-1a}
   * @param userData decoded; empty for none
   */
  public record Machine(
      InstanceId id,
      String type,
      String zone,
      String image,
      Map<String, String> tags,
      String userData) {
    public Machine {
      tags = Map.copyOf(tags);
    }

    /** The zone without its letter. */
    public String region() {
      return zone.isEmpty() ? "" : zone.substring(0, zone.length() - 1);
    }
  }

  private final Ec2Client ec2;
  private final Ec2Calls calls;

  public Ec2Machines(Ec2Client ec2) {
    this.ec2 = ec2;
    this.calls = new Ec2Calls(ec2);
  }

  /**
   * Looks it up.
   *
   * @throws IOException there is no such instance, or EC2 does not answer
   */
  public Machine find(InstanceId id) throws IOException {
    List<Instance> found =
        calls.run(
            "DescribeInstances",
            () ->
                ec2
                    .describeInstances(b -> b.filters(Ec2Calls.filter("instance-id", id.value())))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList());
    if (found.isEmpty()) {
      throw new IOException("EC2 knows no instance " + id);
    }
    Instance instance = found.getFirst();
    String userData =
        calls.run(
            "DescribeInstanceAttribute",
            () -> {
              var attribute =
                  ec2.describeInstanceAttribute(
                          b -> b.instanceId(id.value()).attribute(InstanceAttributeName.USER_DATA))
                      .userData();
              return attribute == null ? null : attribute.value();
            });
    return new Machine(
        id,
        instance.instanceTypeAsString(),
        instance.placement() == null
            ? ""
            : Objects.requireNonNullElse(instance.placement().availabilityZone(), ""),
        Objects.requireNonNullElse(instance.imageId(), ""),
        Ec2Tags.map(instance.tags()),
        decoded(userData));
  }

  private static String decoded(@org.jspecify.annotations.Nullable String base64) {
    return base64 == null || base64.isEmpty()
        ? ""
        : new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
