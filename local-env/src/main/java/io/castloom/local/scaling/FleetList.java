package io.castloom.local.scaling;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.FleetView;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The instances that the leader described, and those that only their control queues show.
 *
 * @param members as the leader last saw them
 * @param others listen for commands, and no leader has described them (yet)
 */
record FleetList(List<FleetStatus.Member> members, Set<InstanceId> others) {

  FleetList {
    members = List.copyOf(members);
  }

  static FleetList of(Cloud cloud) throws IOException {
    List<FleetStatus.Member> members =
        new FleetView(cloud.privateStore(), InstantSource.system())
            .status()
            .map(FleetStatus::members)
            .orElse(List.of());
    Set<InstanceId> others = new LinkedHashSet<>(cloud.control().list());
    members.forEach(member -> others.remove(member.id()));
    return new FleetList(members, others);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    members.forEach(member -> lines.add(ScalerText.line(member)));
    others.forEach(
        id ->
            lines.add(
                id + " listens; no autoscaler has described it: it has just begun, or none runs"));
    return lines;
  }

  /** For {@code --json}. */
  List<Map<String, Object>> instances() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (FleetStatus.Member member : members) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", member.id());
      one.put("kind", member.kind().slug());
      one.put("state", ScalerText.word(member.state()));
      one.put("market", ScalerText.market(member));
      one.put("type", member.type());
      one.put("slots", member.slots());
      one.put("running", member.running().size());
      if (member.heardAt() != null) {
        one.put("heardAt", member.heardAt());
      }
      all.add(one);
    }
    for (InstanceId id : others) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", id);
      one.put("state", "unknown");
      all.add(one);
    }
    return all;
  }
}
