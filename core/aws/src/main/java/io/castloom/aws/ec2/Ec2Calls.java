package io.castloom.aws.ec2;

import io.castloom.aws.AwsFaults;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.Market;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Asks EC2 and turns what it answers into the port's words. */
final class Ec2Calls {

  private static final int PAGE = 1000; // EC2 API reference, DescribeInstances: 5 to 1,000

  private final Ec2Client ec2;
  private final AwsFaults faults;

  Ec2Calls(Ec2Client ec2) {
    this.ec2 = ec2;
    this.faults = AwsFaults.of("EC2", ec2.serviceClientConfiguration());
  }

  <T> T run(String operation, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (SdkException e) {
      throw translate(operation, e);
    }
  }

  IOException translate(String operation, SdkException e) {
    String code = code(e);
    if (code.equals("RequestLimitExceeded") || code.startsWith("Throttl")) {
      return new IOException(
          "EC2 " + operation + ": too many requests of this account, asked again later", e);
    }
    return faults.translate(operation, e);
  }

  static String code(SdkException e) {
    String code =
        e instanceof Ec2Exception refused && refused.awsErrorDetails() != null
            ? refused.awsErrorDetails().errorCode()
            : null;
    return code == null ? "" : code;
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** Every instance that the filters let through, page by page, that has a kind and a token. */
  List<Instance> describe(Filter... filters) throws IOException {
    List<Instance> found = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      DescribeInstancesResponse page =
          run(
              "DescribeInstances",
              () ->
                  ec2.describeInstances(
                      b -> b.filters(Arrays.asList(filters)).maxResults(PAGE).nextToken(from)));
      page.reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .map(Ec2Calls::instance)
          .forEach(
              instance -> {
                if (instance != null) {
                  found.add(instance);
                }
              });
      token = page.nextToken();
    } while (token != null && !token.isEmpty());
    return found;
  }

  private static @Nullable Instance instance(
      software.amazon.awssdk.services.ec2.model.Instance seen) {
    Map<String, String> tags = Ec2Tags.map(seen.tags());
    return Ec2Tags.kind(tags.getOrDefault(Ec2Tags.ROLE, ""))
        .map(
            kind ->
                new Instance(
                    new InstanceId(seen.instanceId()),
                    kind,
                    state(seen.state().name()),
                    seen.instanceLifecycle() == InstanceLifecycleType.SPOT
                        ? Market.SPOT
                        : Market.ON_DEMAND,
                    seen.instanceTypeAsString(),
                    seen.launchTime(),
                    tags))
        .orElse(null);
  }

  private static InstanceState state(InstanceStateName name) {
    return switch (name) {
      case PENDING -> InstanceState.PENDING;
      case RUNNING -> InstanceState.RUNNING;
      case TERMINATED -> InstanceState.GONE;
      // Nobody stops ours but by hand; it is on its way out all the same.
      case SHUTTING_DOWN, STOPPING, STOPPED, UNKNOWN_TO_SDK_VERSION -> InstanceState.STOPPING;
    };
  }
}
