package io.castloom.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts downloads and ad impressions after the IAB's Podcast Measurement Technical Guidelines 2.3:
 * GET alone, answered with 200 or 206; the ranges of a listener folded; a download when the tags
 * and 60 s of sound have gone out, or all of a shorter file; once per listener (address and agent)
 * and episode in 24 hours; no bots. An ad is delivered when all its bytes have gone out within a
 * download that counts, once per campaign and download.
 *
 * <p>Records come about in order of time. Memory grows with the listeners of a day, not with the
 * log. Not for use by several threads.
 */
public final class DeliveryCounter {
  private static final Duration WINDOW = Duration.ofHours(24);

  private final Function<String, @Nullable VersionFacts> versions;
  private final LinkedHashMap<Listener, Download> open = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> downloads = new HashMap<>();
  private final Map<String, Map<String, Long>> impressions = new HashMap<>();
  private long ignored;

  private record Listener(String address, String agent, String show, String episode) {}

  private static final class Download {
    final Instant since;
    final Map<String, ByteSet> bytes = new HashMap<>();
    final Set<String> delivered = new HashSet<>();
    boolean counted;

    Download(Instant since) {
      this.since = since;
    }
  }

  /** Counts with the facts of versions by their keys; records of unknown versions are ignored. */
  public DeliveryCounter(Function<String, @Nullable VersionFacts> versions) {
    this.versions = versions;
  }

  /** Takes one line of the log. */
  public void add(DeliveryRecord line) {
    VersionFacts version = versions.apply(line.version());
    boolean answered = line.status() == 200 || line.status() == 206;
    if (version == null
        || !answered
        || !line.method().equals("GET")
        || line.to() <= line.from()
        || Agents.notListening(line.agent())) {
      ignored++;
      return;
    }
    expire(line.at());
    Listener listener =
        new Listener(line.listener(), line.agent(), version.show(), version.episode());
    Download download = open.get(listener);
    if (download == null) {
      download = new Download(line.at());
      open.put(listener, download);
    }
    ByteSet bytes = download.bytes.computeIfAbsent(line.version(), _ -> new ByteSet());
    bytes.add(line.from(), Math.min(line.to(), version.bytes()));
    count(download, version, bytes);
  }

  private void count(Download download, VersionFacts version, ByteSet bytes) {
    if (download.counted) {
      ads(download, version, bytes);
    } else if (bytes.size() >= version.minuteBytes()) {
      download.counted = true;
      add(downloads, version.show(), version.episode());
      // ads of another format of the episode may have gone out before this one made it a download
      download.bytes.forEach(
          (key, got) -> {
            VersionFacts facts = versions.apply(key);
            if (facts != null) {
              ads(download, facts, got);
            }
          });
    }
  }

  private void ads(Download download, VersionFacts version, ByteSet bytes) {
    for (VersionFacts.AdBytes ad : version.ads()) {
      if (bytes.covers(ad.from(), ad.to()) && download.delivered.add(ad.campaign())) {
        add(impressions, ad.campaign(), version.show());
      }
    }
  }

  private static void add(Map<String, Map<String, Long>> counts, String one, String other) {
    counts.computeIfAbsent(one, _ -> new HashMap<>()).merge(other, 1L, Long::sum);
  }

  private void expire(Instant now) {
    Iterator<Download> eldest = open.values().iterator();
    while (eldest.hasNext() && !eldest.next().since.plus(WINDOW).isAfter(now)) {
      eldest.remove();
    }
  }

  /** Downloads by show and episode. */
  public Map<String, Map<String, Long>> downloads() {
    return copy(downloads);
  }

  /** Delivered ads by campaign and show. */
  public Map<String, Map<String, Long>> impressions() {
    return copy(impressions);
  }

  /** Lines that did not count for anything. */
  public long ignored() {
    return ignored;
  }

  private static Map<String, Map<String, Long>> copy(Map<String, Map<String, Long>> counts) {
    Map<String, Map<String, Long>> copy = new HashMap<>();
    counts.forEach((key, inner) -> copy.put(key, Map.copyOf(inner)));
    return Map.copyOf(copy);
  }
}
