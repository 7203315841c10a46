package io.castloom.service.json;

import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Texts, compressed, in a bucket. */
public final class Gzip {

  private Gzip() {}

  /** Stores a text, whatever lies there. */
  public static void put(ObjectStore store, String key, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    store.put(key, ObjectData.of(bytes.toByteArray(), "application/gzip"), PutCondition.always());
  }

  /**
   * The bytes as they lie there.
   *
   * @throws io.castloom.domain.store.NoSuchObjectException there are none
   */
  public static byte[] bytes(ObjectStore store, String key) throws IOException {
    try (ObjectContent content = store.get(key, null)) {
      return content.stream().readAllBytes();
    }
  }

  /**
   * The text in them.
   *
   * @throws IOException they are no compressed text
   */
  public static String text(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
