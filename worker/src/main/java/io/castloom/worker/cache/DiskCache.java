package io.castloom.worker.cache;

import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable objects of one store, each fetched once and kept on disk until room is needed. A file
 * that somebody holds is never removed, so the bound may be passed for as long as it is held. Safe
 * for many threads; two that want the same object share one download.
 */
public final class DiskCache {

  private final ObjectStore store;
  private final Path folder;
  private final long maxBytes;
  private final CacheListener listener;
  private final Map<String, Entry> entries = new HashMap<>();
  private long clock;
  private long nextFile;

  /** Hears how useful the cache is. */
  public interface CacheListener {
    /** An object was there already: so many bytes were saved. */
    void hit(long bytes);

    /** An object was fetched: so many bytes came in. */
    void miss(long bytes);

    /** Nobody listens. */
    static CacheListener none() {
      return new CacheListener() {
        @Override
        public void hit(long bytes) {}

        @Override
        public void miss(long bytes) {}
      };
    }
  }

  /** A file of the cache in somebody's hands; it stays until closed. */
  public final class Held implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Held(Entry entry) {
      this.entry = entry;
    }

    /** The object's bytes. They must not be changed. */
    public Path file() {
      return entry.file;
    }

    @Override
    public void close() throws IOException {
      synchronized (DiskCache.this) {
        if (!closed) {
          closed = true;
          entry.holders--;
          entry.lastUse = ++clock;
        }
      }
      makeRoom();
    }
  }

  private static final class Entry {
    private final Path file;
    private int holders;
    private long lastUse;
    private long sizeBytes;
    private boolean complete;

    private Entry(Path file) {
      this.file = file;
    }
  }

  /**
   * @param folder an existing folder that is this cache's alone
   * @param maxBytes what it may keep beyond what is held
   */
  public DiskCache(ObjectStore store, Path folder, long maxBytes, CacheListener listener) {
    this.store = store;
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.listener = listener;
  }

  /**
   * The object's bytes as a file.
   *
   * @throws io.castloom.domain.store.NoSuchObjectException there is none
   */
  public Held hold(String key) throws IOException {
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, k -> new Entry(folder.resolve("object-" + nextFile++)));
      entry.holders++;
    }
    try {
      fetchOnce(key, entry);
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        entry.holders--;
        if (entry.holders == 0) {
          entries.remove(key);
        }
      }
      throw e;
    }
    return new Held(entry);
  }

  /**
   * Keeps a file whose bytes were just stored under a key, so that they need not be fetched. The
   * file is moved away, or left where it is when the object is here already.
   */
  public void keep(String key, Path file) throws IOException {
    Entry entry;
    synchronized (this) {
      if (entries.containsKey(key)) {
        return;
      }
      entry = new Entry(folder.resolve("object-" + nextFile++));
      entry.sizeBytes = Files.size(file);
      Files.move(file, entry.file);
      entry.lastUse = ++clock;
      entry.complete = true;
      entries.put(key, entry);
    }
    makeRoom();
  }

  /** Whether nothing is here. */
  public synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether the object is here already. */
  public synchronized boolean has(String key) {
    Entry entry = entries.get(key);
    return entry != null && entry.complete;
  }

  private void fetchOnce(String key, Entry entry) throws IOException {
    synchronized (entry) {
      if (entry.complete) {
        listener.hit(entry.sizeBytes);
        return;
      }
      try (ObjectContent content = store.get(key, null)) {
        long size = Files.copy(content.stream(), entry.file);
        entry.sizeBytes = size;
        entry.complete = true;
        listener.miss(size);
      } finally {
        if (!entry.complete) {
          Files.deleteIfExists(entry.file);
        }
      }
    }
    makeRoom();
  }

  private synchronized void makeRoom() throws IOException {
    long bytes = entries.values().stream().mapToLong(entry -> entry.sizeBytes).sum();
    List<Map.Entry<String, Entry>> idle = new ArrayList<>();
    for (Map.Entry<String, Entry> known : entries.entrySet()) {
      if (known.getValue().holders == 0 && known.getValue().complete) {
        idle.add(known);
      }
    }
    idle.sort(Comparator.comparingLong(known -> known.getValue().lastUse));
    for (Map.Entry<String, Entry> oldest : List.copyOf(idle)) {
      if (bytes <= maxBytes) {
        return;
      }
      bytes -= oldest.getValue().sizeBytes;
      Files.deleteIfExists(oldest.getValue().file);
      entries.remove(oldest.getKey());
    }
  }
}
