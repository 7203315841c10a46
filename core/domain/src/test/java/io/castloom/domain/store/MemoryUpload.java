package io.castloom.domain.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An upload into a {@link MemoryObjectStore}, with S3's limits. */
final class MemoryUpload implements MultipartUpload {

  private final MemoryObjectStore store;
  private final String key;
  private final String contentType;
  private final NavigableMap<Integer, byte[]> parts = new TreeMap<>();
  private boolean ended;

  MemoryUpload(MemoryObjectStore store, String key, String contentType) {
    this.store = store;
    this.key = key;
    this.contentType = contentType;
  }

  @Override
  public void part(int number, ObjectData data) throws IOException {
    keep(number, MemoryObjectStore.read(key, data));
  }

  @Override
  public void copyPart(int number, ObjectStore source, String sourceKey, ByteRange range)
      throws IOException {
    try (ObjectContent content = source.get(sourceKey, range)) {
      if (range.lastByte() >= content.info().sizeBytes()) {
        throw new IllegalArgumentException(
            "range "
                + range
                + " is not within "
                + sourceKey
                + ", which has "
                + content.info().sizeBytes()
                + " bytes");
      }
      keep(number, content.stream().readAllBytes());
    }
  }

  private synchronized void keep(int number, byte[] bytes) {
    if (number < 1 || number > MAX_PARTS) {
      throw new IllegalArgumentException("part numbers are 1 to 10,000: " + number);
    }
    requireOpen();
    parts.put(number, bytes);
  }

  @Override
  public synchronized PutOutcome complete(PutCondition condition) throws IOException {
    requireOpen();
    if (parts.isEmpty()) {
      throw new IOException("upload of " + key + " has no parts");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (var part : parts.entrySet()) {
      byte[] bytes = part.getValue();
      if (bytes.length < MIN_PART_BYTES && !part.getKey().equals(parts.lastKey())) {
        throw new IOException(
            "part "
                + part.getKey()
                + " of "
                + key
                + " is too small: "
                + bytes.length
                + " bytes; every part but the last has at least "
                + MIN_PART_BYTES);
      }
      all.writeBytes(bytes);
      digests.writeBytes(MemoryObjectStore.digest(bytes));
    }
    String etag =
        HexFormat.of().formatHex(MemoryObjectStore.digest(digests.toByteArray()))
            + "-"
            + parts.size();
    PutOutcome outcome = store.store(key, all.toByteArray(), contentType, etag, condition);
    if (outcome.stored()) {
      end();
    }
    return outcome;
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      end();
    }
  }

  private void end() {
    ended = true;
    parts.clear();
    store.uploadEnded();
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("upload of " + key + " is over");
    }
  }
}
