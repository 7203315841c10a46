package io.castloom.service.memory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A map that forgets what was not used for longest. Not thread-safe. */
public final class Lru<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;
  private final int capacity;

  /**
   * @param capacity entries that are kept, at least 1
   */
  public Lru(int capacity) {
    super(16, 0.75f, true);
    this.capacity = capacity;
  }

  /** A set that forgets what was not added for longest. Not thread-safe. */
  public static <T> Set<T> set(int capacity) {
    return Collections.newSetFromMap(new Lru<>(capacity));
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
