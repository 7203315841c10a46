package io.castloom.ingest.delivery;

import io.castloom.service.memory.Lru;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version each listener was sent last, those seen last. Many players resume with a bare
 * {@code Range} and no {@code If-Range}; without this they would get the middle of another file.
 * Only in memory: nothing of it is written down. Thread-safe.
 */
final class BegunDownloads {
  private static final int KEPT = 50_000;

  private record Listener(String address, String agent, String file) {}

  private final Map<Listener, String> versions = new Lru<>(KEPT);

  /**
   * @param file the episode's address, with its extension
   * @return the version's id; null when nothing is known
   */
  synchronized @Nullable String of(String address, String agent, String file) {
    return versions.get(new Listener(address, agent, file));
  }

  synchronized void begins(String address, String agent, String file, String version) {
    versions.put(new Listener(address, agent, file), version);
  }
}
