package io.castloom.assembler.night;

import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as a process sees it that is killed after so many writes: the last one arrives, and
 * nothing works from then on. What a process does between two writes nobody sees, so every write is
 * every instruction that matters.
 */
final class MortalStore implements ObjectStore {
  private final ObjectStore store;
  private final AtomicInteger writesLeft;

  /**
   * @param writesLeft in all buckets that the process sees
   */
  MortalStore(ObjectStore store, AtomicInteger writesLeft) {
    this.store = store;
    this.writesLeft = writesLeft;
  }

  private void alive() throws IOException {
    if (writesLeft.get() <= 0) {
      throw new IOException("killed");
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Optional<ObjectInfo> head(String key) throws IOException {
    alive();
    return store.head(key);
  }

  @Override
  public ObjectContent get(String key, @Nullable ByteRange range) throws IOException {
    alive();
    return store.get(key, range);
  }

  @Override
  public PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException {
    alive();
    PutOutcome outcome = store.put(key, data, condition);
    writesLeft.decrementAndGet();
    return outcome;
  }

  @Override
  public MultipartUpload startUpload(String key, String contentType) throws IOException {
    alive();
    MultipartUpload upload = store.startUpload(key, contentType);
    writesLeft.decrementAndGet();
    return new MultipartUpload() {
      @Override
      public void part(int number, ObjectData data) throws IOException {
        alive();
        upload.part(number, data);
        writesLeft.decrementAndGet();
      }

      @Override
      public void copyPart(int number, ObjectStore source, String from, ByteRange range)
          throws IOException {
        alive();
        ObjectStore real = source instanceof MortalStore mortal ? mortal.store : source;
        upload.copyPart(number, real, from, range);
        writesLeft.decrementAndGet();
      }

      @Override
      public PutOutcome complete(PutCondition condition) throws IOException {
        alive();
        PutOutcome outcome = upload.complete(condition);
        writesLeft.decrementAndGet();
        return outcome;
      }

      @Override
      public void close() {
        // the dead abort nothing: the bucket's lifecycle rule does
      }
    };
  }

  @Override
  public ObjectPage list(String prefix, String startAfter, int limit) throws IOException {
    alive();
    return store.list(prefix, startAfter, limit);
  }

  @Override
  public void delete(String key) throws IOException {
    alive();
    store.delete(key);
    writesLeft.decrementAndGet();
  }
}
