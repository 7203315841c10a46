package io.castloom.aws.ec2;

import io.castloom.domain.fleet.LaunchRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.DefaultTargetCapacityType;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateConfigRequest;
import software.amazon.awssdk.services.ec2.model.FleetLaunchTemplateOverridesRequest;
import software.amazon.awssdk.services.ec2.model.FleetOnDemandAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SpotAllocationStrategy;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * One CreateFleet.
 *
 * @param clientToken makes AWS answer a repeated request with the first one's fleet
 */
record FleetCall(
    Ec2FleetSettings settings, LaunchRequest request, String clientToken, int spot, int onDemand) {

  /** What is wrong with the request before EC2 is asked; null when nothing is. */
  static @Nullable String fault(Ec2FleetSettings settings, LaunchRequest request) {
    List<Ec2FleetSettings.Template> templates =
        settings.templates().getOrDefault(request.kind(), List.of());
    if (templates.isEmpty()) {
      return "no launch template is set for " + Ec2Tags.role(request.kind()) + " instances";
    }
    if (request.image().isMachineImage() && templates.size() > 1) {
      return "an image fits one processor architecture, and "
          + Ec2Tags.role(request.kind())
          + " instances have "
          + templates.size()
          + " launch templates: give each a new version with its image, and roll to that version";
    }
    List<String> known = templates.stream().flatMap(t -> t.types().stream()).toList();
    return request.types().stream()
        .filter(type -> !known.contains(type))
        .findFirst()
        .map(type -> "no launch template is set for type " + type + "; there are " + known)
        .orElse(null);
  }

  CreateFleetRequest build() {
    List<FleetLaunchTemplateConfigRequest> configs = new ArrayList<>();
    for (var template : settings.templates().getOrDefault(request.kind(), List.of())) {
      List<FleetLaunchTemplateOverridesRequest> overrides = overrides(template);
      if (!overrides.isEmpty()) {
        configs.add(
            FleetLaunchTemplateConfigRequest.builder()
                .launchTemplateSpecification(
                    s -> s.launchTemplateName(template.name()).version(version(template)))
                .overrides(overrides)
                .build());
      }
    }
    return CreateFleetRequest.builder()
        .type(FleetType.INSTANT)
        .clientToken(clientToken)
        .launchTemplateConfigs(configs)
        .targetCapacitySpecification(
            c ->
                c.totalTargetCapacity(spot + onDemand)
                    .spotTargetCapacity(spot)
                    .onDemandTargetCapacity(onDemand)
                    .defaultTargetCapacityType(DefaultTargetCapacityType.ON_DEMAND))
        .spotOptions(o -> o.allocationStrategy(SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED))
        .onDemandOptions(o -> o.allocationStrategy(FleetOnDemandAllocationStrategy.PRIORITIZED))
        .tagSpecifications(
            TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(Ec2Tags.of(settings.environment(), request))
                .build())
        .build();
  }

  private String version(Ec2FleetSettings.Template template) {
    return request.image().isTemplateVersion() ? request.image().value() : template.version();
  }

  /** Each acceptable type in each subnet, the preferred types with the lowest number. */
  private List<FleetLaunchTemplateOverridesRequest> overrides(Ec2FleetSettings.Template template) {
    List<String> wanted = request.types().isEmpty() ? template.types() : request.types();
    List<@Nullable String> subnets = new ArrayList<>(settings.subnets());
    if (subnets.isEmpty()) {
      subnets.add(null);
    }
    String image = request.image().isMachineImage() ? request.image().value() : null;
    List<FleetLaunchTemplateOverridesRequest> overrides = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String type = wanted.get(i);
      if (!template.types().contains(type)) {
        continue;
      }
      for (@Nullable String subnet : subnets) {
        overrides.add(
            FleetLaunchTemplateOverridesRequest.builder()
                .instanceType(type)
                .subnetId(subnet)
                .priority((double) i)
                .imageId(image)
                .build());
      }
    }
    return overrides;
  }
}
