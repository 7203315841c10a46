package io.castloom.service.fleet;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.job.TaskKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What instances boot from and how that is being changed: the document {@code fleet/roll.json}.
 *
 * @param images for each kind; a kind that is absent boots as its launch template is set
 * @param rolls the oldest first; at most one of a kind has not ended
 */
public record Rolls(Map<TaskKind, FleetImage> images, List<Roll> rolls) {

  /** Its key in the private bucket. */
  public static final String KEY = "fleet/roll.json";

  /** Nothing was ever rolled. */
  public static final Rolls NONE = new Rolls(Map.of(), List.of());

  private static final int KEPT = 20;

  public Rolls {
    images = Map.copyOf(images);
    rolls = List.copyOf(rolls);
  }

  /** What instances of a kind boot from, but for those of a roll. */
  public FleetImage image(TaskKind kind) {
    return images.getOrDefault(kind, FleetImage.DEFAULT);
  }

  /** The roll of a kind that has not ended. */
  public Optional<Roll> active(TaskKind kind) {
    return rolls.stream().filter(roll -> roll.kind() == kind && !roll.ended()).findFirst();
  }

  /** With a roll that is new or further; one that is done gives its kind its image. */
  public Rolls with(Roll roll) {
    List<Roll> all = new ArrayList<>(rolls);
    int at = -1;
    for (int i = 0; i < all.size(); i++) {
      at = all.get(i).id().equals(roll.id()) ? i : at;
    }
    if (at >= 0) {
      all.set(at, roll);
    } else {
      all.add(roll);
    }
    while (all.size() > KEPT && all.getFirst().ended()) {
      all.removeFirst();
    }
    Map<TaskKind, FleetImage> next = new LinkedHashMap<>(images);
    if (roll.phase() == Roll.Phase.DONE) {
      next.put(roll.kind(), roll.to());
    }
    return new Rolls(next, all);
  }
}
