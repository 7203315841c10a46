package io.castloom.service.tasks;

import io.castloom.domain.fleet.InstanceId;
import java.util.Objects;

/**
 * Who does the work.
 *
 * @param encoder the build of the media tools; empty for an instance that has none
 */
public record Identity(InstanceId instance, String encoder) {

  public Identity {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(encoder);
  }
}
