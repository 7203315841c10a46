package io.castloom.service.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.job.Samples;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoredVersionsTest {

  private final StoredVersions versions =
      new StoredVersions(new MemoryObjectStore("private", InstantSource.fixed(Samples.NOW)));

  @Test
  void an_episode_that_was_never_assembled_has_no_media() throws IOException {
    assertThat(versions.find("talk", "one")).isEqualTo(EpisodeMedia.NONE);
  }

  @Test
  void a_new_version_makes_the_old_one_an_earlier_one() throws IOException {
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("b")), Map.of(), TimedParts.NONE, Samples.NOW));

    EpisodeMedia media = versions.find("talk", "one");
    assertThat(media.withExtension("mp3")).map(MediaVersion::id).contains("b");
    assertThat(media.earlier()).extracting(e -> e.version().id()).containsExactly("a");
  }

  @Test
  void an_earlier_version_that_comes_back_is_current_and_never_swept() throws IOException {
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("b")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW));

    ObjectStore files = filesOf("a", "b");

    assertThat(versions.sweep("talk", "one", Samples.NOW.plusSeconds(1), files)).isEqualTo(1);

    assertThat(files.head("media/talk/one/a.mp3")).isPresent();
    assertThat(files.head("media/talk/one/b.mp3")).isEmpty();
    assertThat(versions.find("talk", "one").earlier()).isEmpty();
  }

  @Test
  void a_version_within_its_grace_period_stays() throws IOException {
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("b")), Map.of(), TimedParts.NONE, Samples.NOW));

    assertThat(versions.sweep("talk", "one", Samples.NOW, filesOf("a", "b"))).isZero();
  }

  @Test
  void a_version_that_is_being_removed_cannot_become_current_before_it_is_gone()
      throws IOException {
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update(
        "talk",
        "one",
        m -> m.publish(List.of(version("b")), Map.of(), TimedParts.NONE, Samples.NOW));
    versions.update("talk", "one", m -> m.doom(Samples.NOW.plusSeconds(1)));

    assertThatThrownBy(
            () ->
                versions.update(
                    "talk",
                    "one",
                    m -> m.publish(List.of(version("a")), Map.of(), TimedParts.NONE, Samples.NOW)))
        .isInstanceOf(DoomedVersionException.class);
  }

  private static ObjectStore filesOf(String... ids) throws IOException {
    ObjectStore files = new MemoryObjectStore("public", InstantSource.fixed(Samples.NOW));
    for (String id : ids) {
      files.put(
          version(id).key(), ObjectData.of(new byte[1], "audio/mpeg"), PutCondition.ifAbsent());
    }
    return files;
  }

  private static MediaVersion version(String id) {
    return new MediaVersion(
        id,
        "mp3-128",
        "media/talk/one/" + id + ".mp3",
        "audio/mpeg",
        1000,
        Duration.ofSeconds(1),
        id,
        LocalDate.of(2026, 11, 25),
        Samples.NOW,
        0,
        1000);
  }
}
