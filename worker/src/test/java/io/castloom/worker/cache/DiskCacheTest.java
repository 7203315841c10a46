package io.castloom.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.NoSuchObjectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance stored itself it need not fetch; what is kept is bounded. */
final class DiskCacheTest {

  @TempDir Path folder;
  private final MemoryObjectStore store =
      new MemoryObjectStore("private", InstantSource.fixed(Instant.EPOCH));
  private DiskCache cache = new DiskCache(store, Path.of("."), 0, DiskCache.CacheListener.none());

  @BeforeEach
  void open() throws Exception {
    Path files = Files.createDirectory(folder.resolve("cache"));
    cache = new DiskCache(store, files, 1_000, DiskCache.CacheListener.none());
  }

  @Test
  void a_kept_file_is_found_without_a_request() throws Exception {
    Path file = Files.writeString(folder.resolve("segment"), "frames");
    cache.keep("work/a", file);
    assertThat(file).doesNotExist();
    assertThat(cache.has("work/a")).isTrue();
    try (DiskCache.Held held = cache.hold("work/a")) {
      assertThat(held.file()).hasContent("frames");
    }
  }

  @Test
  void a_second_file_of_a_key_stays_where_it_is() throws Exception {
    cache.keep("work/a", Files.writeString(folder.resolve("one"), "frames"));
    Path again = Files.writeString(folder.resolve("two"), "frames");
    cache.keep("work/a", again);
    assertThat(again).exists();
  }

  @Test
  void kept_files_make_room_for_later_ones() throws Exception {
    cache.keep("work/a", Files.write(folder.resolve("a"), new byte[600]));
    cache.keep("work/b", Files.write(folder.resolve("b"), new byte[600]));
    assertThat(cache.has("work/a")).isFalse();
    assertThat(cache.has("work/b")).isTrue();
    assertThatThrownBy(() -> cache.hold("work/a")).isInstanceOf(NoSuchObjectException.class);
    try (var files = Files.list(folder.resolve("cache"))) {
      assertThat(files).hasSize(1);
    }
  }
}
