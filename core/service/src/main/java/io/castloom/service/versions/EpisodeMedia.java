package io.castloom.service.versions;

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
 * @param earlier versions that are not current any more, with the time when they stopped being so;
 *     they stay until a grace period has passed, because listeners resume downloads
 */
public record EpisodeMedia(Map<String, MediaVersion> current, List<Replaced> earlier) {

  /** A version that another took the place of. */
  public record Replaced(MediaVersion version, Instant at) {}

  /** No version yet. */
  public static final EpisodeMedia NONE = new EpisodeMedia(Map.of(), List.of());

  public EpisodeMedia {
    current = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(current));
    earlier = List.copyOf(earlier);
  }

  /** The current version whose file has this extension; the first of the show's formats wins. */
  public Optional<MediaVersion> withExtension(String extension) {
    return current.values().stream().filter(v -> v.extension().equals(extension)).findFirst();
  }

  /** The same with these as the current ones; what they replace becomes earlier. */
  public EpisodeMedia publish(List<MediaVersion> versions, Instant now) {
    Map<String, MediaVersion> next = new LinkedHashMap<>();
    versions.forEach(version -> next.put(version.format(), version));
    List<Replaced> before = new ArrayList<>();
    earlier.stream()
        .filter(e -> next.values().stream().noneMatch(v -> v.key().equals(e.version().key())))
        .forEach(before::add);
    current.values().stream()
        .filter(old -> next.values().stream().noneMatch(v -> v.key().equals(old.key())))
        .forEach(old -> before.add(new Replaced(old, now)));
    return new EpisodeMedia(next, before);
  }

  /** The same with nothing current, for an episode that was withdrawn. */
  public EpisodeMedia withdraw(Instant now) {
    return publish(List.of(), now);
  }

  /** The same without the earlier versions that were replaced before an instant. */
  public EpisodeMedia forget(Instant replacedBefore) {
    return new EpisodeMedia(
        current, earlier.stream().filter(e -> !e.at().isBefore(replacedBefore)).toList());
  }

  /** The earlier versions that were replaced before an instant. */
  public List<MediaVersion> replacedBefore(Instant instant) {
    return earlier.stream().filter(e -> e.at().isBefore(instant)).map(Replaced::version).toList();
  }
}
