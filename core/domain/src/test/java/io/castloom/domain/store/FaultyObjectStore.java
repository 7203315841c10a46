package io.castloom.domain.store;

import io.castloom.domain.Faults;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store some of whose calls fail. A read can also fail in the middle of its stream, and a {@code
 * deleteAll} after some of its keys.
 */
public final class FaultyObjectStore implements ObjectStore {

  private static final int BEFORE_A_FAULT = 700; // bytes

  private final ObjectStore store;
  private final Faults faults;

  public FaultyObjectStore(ObjectStore store, Faults faults) {
    this.store = store;
    this.faults = faults;
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Optional<ObjectInfo> head(String key) throws IOException {
    return faults.around("head " + key, () -> store.head(key));
  }

  @Override
  public ObjectContent get(String key, @Nullable ByteRange range) throws IOException {
    if (faults.strikes()) {
      throw faults.fault("get " + key + " did not reach the service");
    }
    ObjectContent content = store.get(key, range);
    InputStream stream =
        faults.strikes() ? new BreakingStream(content.stream(), key) : content.stream();
    return new ObjectContent(content.info(), stream);
  }

  @Override
  public PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException {
    return faults.around("put " + key, () -> store.put(key, data, condition));
  }

  @Override
  public MultipartUpload startUpload(String key, String contentType) throws IOException {
    if (faults.strikes()) {
      throw faults.fault("upload of " + key + " did not reach the service");
    }
    return new FaultyUpload(store.startUpload(key, contentType), key);
  }

  @Override
  public ObjectPage list(String prefix, String startAfter, int limit) throws IOException {
    return faults.around("list " + prefix, () -> store.list(prefix, startAfter, limit));
  }

  @Override
  public void delete(String key) throws IOException {
    faults.around(
        "delete " + key,
        () -> {
          store.delete(key);
          return true;
        });
  }

  private final class BreakingStream extends FilterInputStream {
    private final String key;
    private int left = BEFORE_A_FAULT;

    BreakingStream(InputStream in, String key) {
      super(in);
      this.key = key;
    }

    @Override
    public int read() throws IOException {
      spend(1);
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      spend(1);
      int count = in.read(into, offset, Math.min(length, left + 1));
      spend(count);
      return count;
    }

    private void spend(int bytes) throws IOException {
      left -= bytes;
      if (left <= 0) {
        throw faults.fault("the connection broke while reading " + key);
      }
    }
  }

  private final class FaultyUpload implements MultipartUpload {
    private final MultipartUpload upload;
    private final String key;

    FaultyUpload(MultipartUpload upload, String key) {
      this.upload = upload;
      this.key = key;
    }

    @Override
    public void part(int number, ObjectData data) throws IOException {
      faults.around(
          "part " + number + " of " + key,
          () -> {
            upload.part(number, data);
            return true;
          });
    }

    @Override
    public void copyPart(int number, ObjectStore source, String sourceKey, ByteRange range)
        throws IOException {
      ObjectStore real = source instanceof FaultyObjectStore faulty ? faulty.store : source;
      faults.around(
          "copied part " + number + " of " + key,
          () -> {
            upload.copyPart(number, real, sourceKey, range);
            return true;
          });
    }

    @Override
    public PutOutcome complete(PutCondition condition) throws IOException {
      return faults.around("completion of " + key, () -> upload.complete(condition));
    }

    @Override
    public void close() throws IOException {
      upload.close();
    }
  }
}
