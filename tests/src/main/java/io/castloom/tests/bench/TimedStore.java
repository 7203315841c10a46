package io.castloom.tests.bench;

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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bucket that counts its calls and tells when somebody waits for it. */
final class TimedStore implements ObjectStore {
  private final ObjectStore store;
  private final StoreTime time;
  private final AtomicLong calls = new AtomicLong();

  /**
   * @param time is told when a call begins and ends
   */
  TimedStore(ObjectStore store, StoreTime time) {
    this.store = store;
    this.time = time;
  }

  @FunctionalInterface
  private interface Call<T> {
    T made() throws IOException;
  }

  private <T> T timed(Call<T> call) throws IOException {
    time.begins();
    calls.incrementAndGet();
    try {
      return call.made();
    } finally {
      time.ends();
    }
  }

  long calls() {
    return calls.get();
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Optional<ObjectInfo> head(String key) throws IOException {
    return timed(() -> store.head(key));
  }

  @Override
  public ObjectContent get(String key, @Nullable ByteRange range) throws IOException {
    return timed(() -> store.get(key, range));
  }

  @Override
  public PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException {
    return timed(() -> store.put(key, data, condition));
  }

  @Override
  public ObjectPage list(String prefix, String startAfter, int limit) throws IOException {
    return timed(() -> store.list(prefix, startAfter, limit));
  }

  @Override
  public void delete(String key) throws IOException {
    timed(
        () -> {
          store.delete(key);
          return true;
        });
  }

  @Override
  public MultipartUpload startUpload(String key, String contentType) throws IOException {
    MultipartUpload upload = timed(() -> store.startUpload(key, contentType));
    return new MultipartUpload() {
      @Override
      public void part(int number, ObjectData data) throws IOException {
        timed(
            () -> {
              upload.part(number, data);
              return true;
            });
      }

      @Override
      public void copyPart(int number, ObjectStore source, String sourceKey, ByteRange range)
          throws IOException {
        ObjectStore real = source instanceof TimedStore timed ? timed.store : source;
        timed(
            () -> {
              upload.copyPart(number, real, sourceKey, range);
              return true;
            });
      }

      @Override
      public PutOutcome complete(PutCondition condition) throws IOException {
        return timed(() -> upload.complete(condition));
      }

      @Override
      public void close() throws IOException {
        upload.close();
      }
    };
  }
}
