package io.castloom.worker.stages;

import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Which build of the encoder does a recording's segments: the first one that takes one. Others
 * leave them to it, for a while: a fleet that was upgraded in the meantime may have none left.
 * Segments of two builds are never joined; {@link JoinStage} sees to that.
 */
final class EncoderClaim {

  /** After this a claim says nothing any more. */
  private static final Duration VALID = Duration.ofMinutes(30);

  private final Workbench bench;

  EncoderClaim(Workbench bench) {
    this.bench = bench;
  }

  /** The other build that holds the recording; empty when it is this one's. */
  Optional<String> heldByOther(Sha256 original, Profile profile) throws IOException {
    String key = "work/%s/segments/%s/encoder".formatted(original, profile.key());
    String own = bench.tools().encoderBuild();
    byte[] text = own.getBytes(StandardCharsets.UTF_8);
    if (bench
        .store()
        .put(key, ObjectData.of(text, "text/plain"), PutCondition.ifAbsent())
        .stored()) {
      return Optional.empty();
    }
    try (ObjectContent content = bench.store().get(key, null)) {
      String holder = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
      boolean valid = content.info().lastModified().plus(VALID).isAfter(bench.clock().instant());
      return holder.equals(own) || !valid ? Optional.empty() : Optional.of(holder);
    } catch (NoSuchObjectException e) {
      return Optional.empty(); // it was cleared away in between
    }
  }
}
