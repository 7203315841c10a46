package io.castloom.domain.job;

import java.util.Map;
import java.util.Objects;

/**
 * A stored result of a task.
 *
 * @param name what it is within its job, for example the profile's name or {@code analysis}
 * @param key where it lies in the private bucket, unless {@code facts} says {@code bucket=public}
 * @param facts short facts, for example {@code samples}, {@code seconds}, {@code index}
 */
public record Product(
    String name, String key, long sizeBytes, String mediaType, Map<String, String> facts) {

  public Product {
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
    Objects.requireNonNull(mediaType);
    facts = Map.copyOf(facts);
  }
}
