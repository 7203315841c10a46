package io.castloom.service.versions;

import io.castloom.domain.campaign.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The media of an episode.
 *
 * @param current by format, in the show's order
 * @param placements the ads that the current versions carry, by slot
 * @param timed chapters, transcripts and soundbites of the current versions
 * @param earlier versions that are not current any more, with the time when they stopped being so;
 *     they stay until a grace period has passed, because listeners resume downloads
 * @param doomed keys of versions that are about to be removed
 */
public record EpisodeMedia(
    Map<String, MediaVersion> current,
    Map<String, Placement> placements,
    TimedParts timed,
    List<Replaced> earlier,
    List<String> doomed) {

  /** A version that another took the place of. */
  public record Replaced(MediaVersion version, Instant at) {}

  /** No version yet. */
  public static final EpisodeMedia NONE =
      new EpisodeMedia(Map.of(), Map.of(), TimedParts.NONE, List.of(), List.of());

  public EpisodeMedia {
    current = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(current));
    placements = Map.copyOf(placements);
    earlier = List.copyOf(earlier);
    doomed = List.copyOf(doomed);
  }

  /** The fingerprints of the current versions, by format. */
  public Map<String, String> fingerprints() {
    Map<String, String> prints = new LinkedHashMap<>();
    current.forEach((format, version) -> prints.put(format, version.fingerprint()));
    return prints;
  }

  /** The current version whose file has this extension; the first of the show's formats wins. */
  public Optional<MediaVersion> withExtension(String extension) {
    return current.values().stream().filter(v -> v.extension().equals(extension)).findFirst();
  }

  /**
   * The same with these as the current ones; what they replace becomes earlier.
   *
   * @throws DoomedVersionException one of them is about to be removed: come again in a moment
   */
  public EpisodeMedia publish(
      List<MediaVersion> versions, Map<String, Placement> ads, TimedParts parts, Instant now) {
    for (MediaVersion version : versions) {
      if (doomed.contains(version.key())) {
        throw new DoomedVersionException(version.key());
      }
    }
    Map<String, MediaVersion> next = new LinkedHashMap<>();
    versions.forEach(version -> next.put(version.format(), version));
    List<Replaced> before = new ArrayList<>();
    earlier.stream()
        .filter(e -> next.values().stream().noneMatch(v -> v.key().equals(e.version().key())))
        .forEach(before::add);
    current.values().stream()
        .filter(old -> next.values().stream().noneMatch(v -> v.key().equals(old.key())))
        .forEach(old -> before.add(new Replaced(old, now)));
    return new EpisodeMedia(next, ads, parts, before, doomed);
  }

  /** The same with nothing current, for an episode that was withdrawn. */
  public EpisodeMedia withdraw(Instant now) {
    return publish(List.of(), Map.of(), TimedParts.NONE, now);
  }

  /**
   * The same with the versions that were replaced before an instant marked for removal: from here
   * on nobody publishes them again until they are gone.
   */
  public EpisodeMedia doom(Instant replacedBefore) {
    List<String> keys = new ArrayList<>(doomed);
    List<Replaced> stay = new ArrayList<>();
    for (Replaced replaced : earlier) {
      if (replaced.at().isBefore(replacedBefore)) {
        keys.add(replaced.version().key());
      } else {
        stay.add(replaced);
      }
    }
    return new EpisodeMedia(current, placements, timed, stay, keys);
  }

  /** The same after the objects that were marked for removal have been removed. */
  public EpisodeMedia buried(List<String> keys) {
    return new EpisodeMedia(
        current,
        placements,
        timed,
        earlier,
        doomed.stream().filter(key -> !keys.contains(key)).toList());
  }
}
