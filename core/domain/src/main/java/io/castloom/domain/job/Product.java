package io.castloom.domain.job;

import io.castloom.domain.media.SourceMedia;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored result of a task.
 *
 * @param name what it is within its job, for example the profile's name or {@code analysis}
 * @param key where it lies in the private bucket, unless {@code facts} says {@code bucket=public}
 * @param facts short facts, for example {@code samples}, {@code seconds}, {@code index}
 * @param sound what it holds, when it is sound for later stages; else null
 */
public record Product(
    String name,
    String key,
    long sizeBytes,
    String mediaType,
    Map<String, String> facts,
    @Nullable SourceMedia sound) {

  /** A product that is no sound for later stages. */
  public Product(
      String name, String key, long sizeBytes, String mediaType, Map<String, String> facts) {
    this(name, key, sizeBytes, mediaType, facts, null);
  }

  public Product {
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
    Objects.requireNonNull(mediaType);
    facts = Map.copyOf(facts);
  }
}
