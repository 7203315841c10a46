package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.roll.RollView;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.service.fleet.FleetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every instance, kept from heartbeat to heartbeat and from listing to listing.
 * One thread uses it.
 */
public final class FleetBook {

  /** A listing may lag behind a launch; after this it is believed. */
  private static final Duration LISTING_LAG = Duration.ofMinutes(2);

  /** Heartbeats may come late by less than this. */
  private static final Duration GONE_REMEMBERED = Duration.ofMinutes(30);

  private final Map<InstanceId, KnownInstance> known = new LinkedHashMap<>();
  private final Map<InstanceId, Instant> launchedHere = new HashMap<>();
  private final Map<InstanceId, Instant> endedHere = new HashMap<>();

  /** Instances of the fleet that are no more: a late heartbeat must not make guests of them. */
  private final Map<InstanceId, Instant> goneLately = new HashMap<>();

  private final FleetNews news = new FleetNews();

  /** What happened, to be asked for. */
  public FleetNews news() {
    return news;
  }

  /** Begins with what a former leader knew; members that are gone vanish at the next listing. */
  public void recall(FleetStatus status) {
    for (FleetStatus.Member member : status.members()) {
      if (member.joinedAt() != null) {
        known.put(member.id(), KnownInstance.recalled(member));
      }
    }
  }

  /** A heartbeat came. One that is older than the last is passed over but for what it did. */
  public void hear(Heartbeat beat, Instant now) {
    KnownInstance before =
        known.getOrDefault(beat.instance(), new KnownInstance(null, null, null, null, null, null));
    news.ended(beat.done());
    if (goneLately.containsKey(beat.instance())) {
      return; // it was still on its way when the instance ended
    }
    noteTries(before, beat);
    Heartbeat last = before.beat();
    if (last != null && last.at().isAfter(beat.at())) {
      return;
    }
    KnownInstance after = before.heard(beat, now);
    if (before.joinedAt() == null && after.joinedAt() != null && after.listed() != null) {
      news.booted(Duration.between(after.listed().launchedAt(), now));
    }
    known.put(beat.instance(), after);
  }

  /** What a drained instance hands back tells nothing of its image. */
  private void noteTries(KnownInstance instance, Heartbeat beat) {
    Instance listed = instance.listed();
    Heartbeat last = instance.beat();
    boolean known = last != null && !beat.at().isAfter(last.at()); // queues deliver twice
    if (!known
        && listed != null
        && beat.mode() == Heartbeat.Mode.WORKING
        && !beat.done().isEmpty()) {
      long good = beat.done().stream().filter(Heartbeat.Done::produced).count();
      news.tried(
          new RollView.Tries(
              FleetImage.of(listed), good, beat.done().size() - good, listed.kind()));
    }
  }

  /** The fleet was listed. */
  public void list(List<Instance> instances, Instant now) {
    Map<InstanceId, Instance> there = new HashMap<>();
    endedHere.values().removeIf(ended -> !now.isBefore(ended.plus(LISTING_LAG)));
    goneLately.values().removeIf(gone -> !now.isBefore(gone.plus(GONE_REMEMBERED)));
    for (Instance instance : instances) {
      // a listing that shows it, also as gone, does not lag behind its launch
      launchedHere.remove(instance.id());
      if (instance.state() != InstanceState.GONE && !endedHere.containsKey(instance.id())) {
        there.put(instance.id(), instance);
        goneLately.remove(instance.id());
      } else {
        goneLately.putIfAbsent(instance.id(), now);
      }
    }
    for (Map.Entry<InstanceId, Instance> entry : there.entrySet()) {
      KnownInstance before = known.get(entry.getKey());
      known.put(
          entry.getKey(),
          before == null
              ? KnownInstance.of(entry.getValue())
              : before.withListed(entry.getValue()));
    }
    for (InstanceId id : List.copyOf(known.keySet())) {
      Instant launched = launchedHere.get(id);
      boolean lagging = launched != null && now.isBefore(launched.plus(LISTING_LAG));
      KnownInstance instance = known.get(id);
      if (instance != null && !there.containsKey(id) && !lagging) {
        launchedHere.remove(id);
        gone(id, instance, now);
      }
    }
  }

  /** An instance is no more: what it had in hand waits again, and a launch may have failed. */
  private void gone(InstanceId id, KnownInstance instance, Instant now) {
    Heartbeat last = instance.beat();
    Instance listed = instance.listed();
    if (listed == null && last != null && !instance.isSilent(now)) {
      return; // a guest, and it lives
    }
    known.remove(id);
    if (listed != null) {
      goneLately.put(id, now);
    }
    orphan(instance);
    if (listed != null && instance.joinedAt() == null && instance.drainUntil() == null) {
      news.launchFailed(
          new Observations.FailedLaunch(
              Translation.kind(listed.kind()),
              listed.type(),
              Translation.market(listed.market()),
              "it ended before it joined"));
    }
  }

  /**
   * These were launched just now; the next listing may not show them yet. Of a launch that is asked
   * for again some may have ended.
   */
  public void launched(List<Instance> instances, Instant now) {
    for (Instance instance : instances) {
      if (instance.state() != InstanceState.PENDING && instance.state() != InstanceState.RUNNING) {
        continue;
      }
      known.putIfAbsent(instance.id(), KnownInstance.of(instance));
      launchedHere.put(instance.id(), now);
    }
  }

  /** This one was ended just now; the next listing may still show it. */
  public void ended(InstanceId id, Instant now) {
    endedHere.put(id, now);
    goneLately.put(id, now);
    launchedHere.remove(id);
    KnownInstance instance = known.remove(id);
    if (instance != null) {
      orphan(instance);
    }
  }

  private void orphan(KnownInstance instance) {
    Heartbeat last = instance.beat();
    if (last != null && last.mode() != Heartbeat.Mode.STOPPED) {
      news.orphaned(last.running());
    }
  }

  /** A drain was begun. */
  public void draining(InstanceId id, Instant until) {
    KnownInstance instance = known.get(id);
    if (instance != null) {
      known.put(id, instance.withDrain(until));
    }
  }

  /** Instances of the fleet, and guests, for the planner. */
  public List<InstanceView> views(ScalingSettings settings, Instant now) {
    Map<String, Integer> slots = new HashMap<>();
    for (InstanceType type : settings.types()) {
      slots.put(type.name(), type.slots());
    }
    List<InstanceView> views = new ArrayList<>();
    for (KnownInstance instance : known.values()) {
      Instance listed = instance.listed();
      if (listed != null) {
        views.add(instance.view(slots.getOrDefault(listed.type(), 1), now));
      } else if (instance.beat() != null) {
        views.add(instance.guestView(instance.beat(), now));
      }
    }
    return views;
  }

  /** All instances, those that were started by hand as well, for everybody. */
  public List<FleetStatus.Member> members(Instant now) {
    List<FleetStatus.Member> members = new ArrayList<>();
    known.forEach((id, instance) -> members.add(instance.member(id, now)));
    return members;
  }

  /** Until when an instance's drain must have ended; null when it is not drained. */
  public @Nullable Instant drainUntil(InstanceId id) {
    KnownInstance instance = known.get(id);
    return instance == null ? null : instance.drainUntil();
  }

  /** Instances that were launched with a token. */
  public List<InstanceId> launchedBy(String token) {
    List<InstanceId> ids = new ArrayList<>();
    known.forEach(
        (id, instance) -> {
          Instance listed = instance.listed();
          if (listed != null && token.equals(listed.tags().get(Instance.LAUNCH_TOKEN))) {
            ids.add(id);
          }
        });
    return ids;
  }

  /** What most instances of a kind boot from; empty when there are none. */
  public Optional<FleetImage> usualImage(TaskKind kind) {
    Map<FleetImage, Integer> images = new HashMap<>();
    for (KnownInstance instance : known.values()) {
      Instance listed = instance.listed();
      if (listed != null && listed.kind() == kind) {
        images.merge(FleetImage.of(listed), 1, Integer::sum);
      }
    }
    return images.entrySet().stream()
        .max(
            Map.Entry.<FleetImage, Integer>comparingByValue()
                .thenComparing(entry -> entry.getKey().toString()))
        .map(Map.Entry::getKey);
  }

  /** Instances of a kind that its fleet lists, for a roll. */
  public List<RollView.Member> rollMembers(TaskKind kind, Instant now) {
    List<RollView.Member> members = new ArrayList<>();
    known.forEach(
        (id, instance) -> {
          Instance listed = instance.listed();
          if (listed != null && listed.kind() == kind) {
            FleetStatus.Member member = instance.member(id, now);
            members.add(
                new RollView.Member(
                    id,
                    FleetImage.of(listed),
                    switch (member.state()) {
                      case BOOTING -> RollView.Life.BOOTING;
                      case WORKING -> RollView.Life.WORKING;
                      case PAUSED -> RollView.Life.PAUSED;
                      case DRAINING, STOPPING -> RollView.Life.DRAINING;
                      case QUARANTINED, LOST -> RollView.Life.UNFIT;
                    },
                    Math.max(1, member.slots()),
                    member.running().size()));
          }
        });
    return members;
  }
}
