package io.castloom.domain.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bucket in memory, stricter than any real one: it refuses keys that some store cannot hold, a
 * body whose length is not the one announced and a part that S3 would find too small; its streams
 * give few bytes at a time; its etags are those of S3, so identical bytes have the same; and it
 * knows who forgot to close what ({@link #openStreams}, {@link #openUploads}).
 */
public final class MemoryObjectStore implements ObjectStore {

  @SuppressWarnings("ArrayRecordComponent") // never compared, never given out
  private record Entry(byte[] bytes, ObjectInfo info) {}

  private final String name;
  private final InstantSource clock;
  private final NavigableMap<String, Entry> objects =
      new TreeMap<>((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
  private final AtomicInteger openStreams = new AtomicInteger();
  private final AtomicInteger openUploads = new AtomicInteger();
  private volatile boolean vanished;

  public MemoryObjectStore(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  public MemoryObjectStore() {
    this("memory", InstantSource.system());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Optional<ObjectInfo> head(String key) throws NoSuchStoreException {
    Entry entry = objects.get(checked(key));
    return entry == null ? Optional.empty() : Optional.of(entry.info());
  }

  @Override
  public synchronized ObjectContent get(String key, @Nullable ByteRange range) throws IOException {
    Entry entry = objects.get(checked(key));
    if (entry == null) {
      throw new NoSuchObjectException(name, key);
    }
    byte[] bytes = range == null ? entry.bytes() : cut(key, entry.bytes(), range);
    return new ObjectContent(entry.info(), new GrudgingStream(bytes));
  }

  @Override
  public PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException {
    requireFree(checked(key));
    byte[] bytes = read(key, data);
    return store(key, bytes, data.contentType(), md5(bytes), condition);
  }

  @Override
  public MultipartUpload startUpload(String key, String contentType) throws IOException {
    requireFree(checked(key));
    openUploads.incrementAndGet();
    return new MemoryUpload(this, key, contentType);
  }

  @Override
  public synchronized ObjectPage list(String prefix, String startAfter, int limit)
      throws IOException {
    checked("list");
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1,000 objects: " + limit);
    }
    boolean inside = objects.comparator().compare(startAfter, prefix) >= 0;
    List<ObjectInfo> page = new ArrayList<>();
    for (Entry entry : objects.tailMap(inside ? startAfter : prefix, !inside).values()) {
      if (!entry.info().key().startsWith(prefix)) {
        break;
      }
      if (page.size() == limit) {
        return new ObjectPage(page, true);
      }
      ObjectInfo info = entry.info();
      page.add(
          new ObjectInfo(
              info.key(),
              info.sizeBytes(),
              info.etag(),
              info.lastModified(),
              "application/octet-stream"));
    }
    return new ObjectPage(page, false);
  }

  @Override
  public synchronized void delete(String key) throws IOException {
    objects.remove(checked(key));
  }

  /** Lets the bucket be missing from now on. */
  public void vanish() {
    vanished = true;
  }

  private String checked(String key) throws NoSuchStoreException {
    ObjectStore.requireKey(key);
    if (vanished) {
      throw new NoSuchStoreException(name, "does not exist", null);
    }
    return key;
  }

  /** Streams that were given out and not closed: a test that ends with any has found a leak. */
  public int openStreams() {
    return openStreams.get();
  }

  /** Uploads that were neither completed nor closed. */
  public int openUploads() {
    return openUploads.get();
  }

  /** All keys, in order. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** An object's bytes as text, for assertions. */
  public synchronized String text(String key) throws NoSuchObjectException {
    Entry entry = objects.get(key);
    if (entry == null) {
      throw new NoSuchObjectException(name, key);
    }
    return new String(entry.bytes(), UTF_8);
  }

  synchronized PutOutcome store(
      String key, byte[] bytes, String contentType, String etag, PutCondition condition) {
    Entry before = objects.get(key);
    boolean holds =
        switch (condition) {
          case PutCondition.Always() -> true;
          case PutCondition.IfAbsent() -> before == null;
          case PutCondition.IfMatch(String wanted) ->
              before != null && before.info().etag().equals(wanted);
        };
    if (!holds) {
      return new PutOutcome.ConditionFailed();
    }
    Instant now = clock.instant();
    objects.put(key, new Entry(bytes, new ObjectInfo(key, bytes.length, etag, now, contentType)));
    return new PutOutcome.Stored(etag);
  }

  /** Refuses a key that is the folder of another or lies under one: a file system cannot. */
  private synchronized void requireFree(String key) {
    String below = objects.ceilingKey(key + "/");
    if (below != null && below.startsWith(key + "/")) {
      throw new IllegalArgumentException(key + " is the folder of " + below);
    }
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      if (objects.containsKey(key.substring(0, slash))) {
        throw new IllegalArgumentException(key.substring(0, slash) + " is the folder of " + key);
      }
    }
  }

  void uploadEnded() {
    openUploads.decrementAndGet();
  }

  static byte[] read(String key, ObjectData data) throws IOException {
    try (InputStream in = data.open()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != data.sizeBytes()) {
        throw new IOException(
            key + ": announced " + data.sizeBytes() + " bytes, but there were " + bytes.length);
      }
      return bytes;
    }
  }

  static byte[] cut(String key, byte[] bytes, ByteRange range) {
    if (range.offset() >= bytes.length) {
      throw new IllegalArgumentException(
          "range of " + key + " begins at " + range.offset() + ", its size is " + bytes.length);
    }
    int end = (int) Math.min(bytes.length, range.lastByte() + 1);
    return Arrays.copyOfRange(bytes, (int) range.offset(), end);
  }

  static byte[] digest(byte[]... all) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      for (byte[] bytes : all) {
        md5.update(bytes);
      }
      return md5.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(digest(bytes));
  }

  /** Gives at most 1,021 bytes at once, as a network may, and counts as open until closed. */
  private final class GrudgingStream extends ByteArrayInputStream {
    private boolean closed;

    GrudgingStream(byte[] bytes) {
      super(bytes);
      openStreams.incrementAndGet();
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1021));
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        openStreams.decrementAndGet();
      }
    }
  }
}
