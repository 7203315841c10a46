package io.castloom.aws.ec2;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.LaunchOutcome;
import io.castloom.domain.fleet.LaunchRequest;
import io.castloom.domain.fleet.Market;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFleetInstance;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycle;

/**
 * A fleet of EC2, launched by {@code CreateFleet} of type {@code instant}: EC2 chooses among types
 * and zones at once and keeps no fleet of its own. Instances are ours by the tags of {@link
 * Ec2Tags}, which they carry from the launch on.
 *
 * <p>A launch is idempotent three times over, since a crash may come between any two calls and a
 * listing may lag: by what this process launched, by the token in the instances' tags, and by the
 * client token, which AWS knows for hours (and emulators do not know at all).
 */
public final class Ec2Fleet implements Fleet {

  private static final Logger LOG = LoggerFactory.getLogger(Ec2Fleet.class);
  private static final int TERMINATE_BATCH = 100;
  private static final int REMEMBERED = 1000;

  private final Ec2Client ec2;
  private final Ec2FleetSettings settings;
  private final InstantSource clock;
  private final Ec2Calls calls;
  private final TemplateVersions versions;
  private final Map<String, List<Instance>> launched = new ConcurrentHashMap<>();

  /**
   * @param ec2 is not closed by this fleet
   */
  public Ec2Fleet(Ec2Client ec2, Ec2FleetSettings settings, InstantSource clock) {
    this.ec2 = ec2;
    this.settings = settings;
    this.clock = clock;
    this.calls = new Ec2Calls(ec2);
    this.versions = new TemplateVersions(ec2, calls);
  }

  @Override
  public synchronized LaunchOutcome launch(LaunchRequest request) throws IOException {
    String fault = FleetCall.fault(settings, request);
    if (fault != null) {
      return new LaunchOutcome.Refused(fault);
    }
    Map<InstanceId, Instance> all = known(request.token());
    if (!all.isEmpty()) {
      return new LaunchOutcome.Launched(List.copyOf(all.values()), List.of());
    }
    String unfit = unfit(request);
    if (unfit != null) {
      return new LaunchOutcome.Refused(unfit);
    }
    int spot = (int) Math.floor(request.count() * request.spotShare() + 1e-9);
    List<String> shortfalls = new ArrayList<>();
    create(request, "", spot, request.count() - spot, all, shortfalls);
    long missing = spot - all.values().stream().filter(i -> i.market() == Market.SPOT).count();
    if (missing > 0) {
      create(request, "-od", 0, (int) missing, all, shortfalls);
    }
    remember(request.token(), all);
    if (all.isEmpty()) {
      return new LaunchOutcome.Refused(String.join("; ", shortfalls));
    }
    endSurplus(request, all);
    return new LaunchOutcome.Launched(
        List.copyOf(all.values()), all.size() >= request.count() ? List.of() : shortfalls);
  }

  /** What is wrong with the template's version that a roll asks for; null when nothing is. */
  private @Nullable String unfit(LaunchRequest request) throws IOException {
    if (request.image().isTemplateVersion()) {
      for (var template : settings.templates().getOrDefault(request.kind(), List.of())) {
        String fault = versions.fault(template.name(), request.image().value());
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  /** What a token has launched, as far as this process or the listing knows. */
  private Map<InstanceId, Instance> known(String token) throws IOException {
    Map<InstanceId, Instance> all = new LinkedHashMap<>();
    launched.getOrDefault(token, List.of()).forEach(instance -> all.put(instance.id(), instance));
    calls
        .describe(
            Ec2Calls.filter("tag:" + Ec2Tags.ENVIRONMENT, settings.environment()),
            Ec2Calls.filter("tag:" + Instance.LAUNCH_TOKEN, token))
        .forEach(instance -> all.put(instance.id(), instance));
    return all;
  }

  private void remember(String token, Map<InstanceId, Instance> all) {
    if (launched.size() >= REMEMBERED) {
      launched.clear(); // by now the listing knows them
    }
    launched.put(token, List.copyOf(all.values()));
  }

  private void create(
      LaunchRequest request,
      String step,
      int spot,
      int onDemand,
      Map<InstanceId, Instance> all,
      List<String> shortfalls)
      throws IOException {
    String clientToken = settings.environment() + "-" + request.token() + step;
    FleetCall call =
        new FleetCall(
            settings,
            request,
            clientToken.length() <= 64 ? clientToken : request.token(), // EC2: 64 at most
            spot,
            onDemand);
    CreateFleetResponse response;
    try {
      response = ec2.createFleet(call.build());
    } catch (SdkException e) {
      if (!LaunchRefusals.refusal(Ec2Calls.code(e))) {
        throw calls.translate("CreateFleet", e);
      }
      shortfalls.add(LaunchRefusals.words(Ec2Calls.code(e), String.valueOf(e.getMessage())));
      return;
    }
    for (CreateFleetInstance some : response.instances()) {
      for (String id : some.instanceIds()) {
        Instance instance = pending(request, some, id);
        all.put(instance.id(), instance);
      }
    }
    response.errors().stream()
        .map(LaunchRefusals::words)
        .filter(words -> !shortfalls.contains(words))
        .forEach(shortfalls::add);
  }

  private Instance pending(LaunchRequest request, CreateFleetInstance some, String id) {
    return new Instance(
        new InstanceId(id),
        request.kind(),
        InstanceState.PENDING,
        some.lifecycle() == InstanceLifecycle.SPOT ? Market.SPOT : Market.ON_DEMAND,
        String.valueOf(some.instanceTypeAsString()),
        clock.instant(),
        Ec2Tags.map(Ec2Tags.of(settings.environment(), request)));
  }

  /** A repeated request of the SDK's may have launched twice where client tokens are unknown. */
  private void endSurplus(LaunchRequest request, Map<InstanceId, Instance> answered)
      throws IOException {
    List<InstanceId> surplus =
        known(request.token()).keySet().stream().filter(id -> !answered.containsKey(id)).toList();
    if (!surplus.isEmpty()) {
      LOG.warn("launch {} came twice, ending {}", request.token(), surplus);
      terminateOurs(surplus);
    }
  }

  @Override
  public void terminate(List<InstanceId> instances) throws IOException {
    Set<InstanceId> mine =
        launched.values().stream()
            .flatMap(List::stream)
            .map(Instance::id)
            .collect(Collectors.toSet());
    for (int from = 0; from < instances.size(); from += TERMINATE_BATCH) {
      List<InstanceId> some =
          instances.subList(from, Math.min(instances.size(), from + TERMINATE_BATCH));
      Map<InstanceId, InstanceState> listed = new LinkedHashMap<>();
      calls
          .describe(
              Ec2Calls.filter("tag:" + Ec2Tags.ENVIRONMENT, settings.environment()),
              Ec2Calls.filter(
                  "instance-id", some.stream().map(InstanceId::value).toArray(String[]::new)))
          .forEach(instance -> listed.put(instance.id(), instance.state()));
      List<InstanceId> ours =
          some.stream()
              .filter(id -> listed.containsKey(id) || mine.contains(id)) // the listing may lag
              .filter(id -> listed.get(id) != InstanceState.GONE)
              .toList();
      if (!ours.isEmpty()) {
        terminateOurs(ours);
      }
    }
  }

  private void terminateOurs(List<InstanceId> ours) throws IOException {
    List<String> ids = ours.stream().map(InstanceId::value).toList();
    try {
      ec2.terminateInstances(b -> b.instanceIds(ids));
    } catch (SdkException e) {
      if (!Ec2Calls.code(e).startsWith("InvalidInstanceID")) {
        throw calls.translate("TerminateInstances", e);
      }
      if (ids.size() > 1) { // one that is unknown spoils the call for all
        for (InstanceId id : ours) {
          terminateOurs(List.of(id));
        }
      }
    }
  }

  @Override
  public List<Instance> list() throws IOException {
    return calls.describe(
        Ec2Calls.filter("tag:" + Ec2Tags.ENVIRONMENT, settings.environment()),
        Ec2Calls.filter("tag-key", Instance.LAUNCH_TOKEN));
  }
}
