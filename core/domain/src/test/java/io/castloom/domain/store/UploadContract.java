package io.castloom.domain.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.Racers;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link MultipartUpload} keeps of its promises. */
public abstract class UploadContract {

  private static final int PART = (int) MultipartUpload.MIN_PART_BYTES;

  private final String folder = "contract/" + UUID.randomUUID() + "/";

  /** A bucket that exists. */
  protected abstract ObjectStore store();

  private static ObjectData part(int fill, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) fill);
    return ObjectData.of(bytes, "audio/mpeg");
  }

  private byte[] read(String key) throws IOException {
    try (ObjectContent content = store().get(key, null)) {
      return content.stream().readAllBytes();
    }
  }

  @Test
  void parts_become_the_object_in_the_order_of_their_numbers() throws Exception {
    String key = folder + "a";
    try (MultipartUpload upload = store().startUpload(key, "audio/mpeg")) {
      Racers.race(
          3,
          i ->
              () -> {
                int number = 3 - i;
                upload.part(number, part(number, number == 3 ? 7 : PART));
                return number;
              });
      upload.part(1, part(9, PART)); // replaces it
      assertThat(store().head(key)).isEmpty();
      assertThat(upload.complete(PutCondition.always()).stored()).isTrue();
    }
    byte[] bytes = read(key);
    assertThat(bytes).hasSize(2 * PART + 7);
    assertThat(new byte[] {bytes[0], bytes[PART - 1], bytes[PART], bytes[2 * PART]})
        .containsExactly(9, 9, 2, 3);
    assertThat(store().head(key).orElseThrow().contentType()).isEqualTo("audio/mpeg");
  }

  @Test
  void ranges_of_stored_objects_are_copied_byte_for_byte() throws Exception {
    byte[] source = new byte[2 * PART];
    for (int i = 0; i < source.length; i++) {
      source[i] = (byte) (i * 31 + (i >> 8));
    }
    String from = folder + "source with space";
    store().put(from, ObjectData.of(source, "audio/mpeg"), PutCondition.always());
    String key = folder + "copy";
    try (MultipartUpload upload = store().startUpload(key, "audio/mpeg")) {
      upload.copyPart(1, store(), from, new ByteRange(1234, PART));
      upload.part(2, part(5, PART));
      upload.copyPart(3, store(), from, new ByteRange(17, 100));
      upload.complete(PutCondition.always());
    }
    byte[] bytes = read(key);
    assertThat(bytes).hasSize(2 * PART + 100);
    assertThat(Arrays.equals(bytes, 0, PART, source, 1234, 1234 + PART)).isTrue();
    assertThat(bytes[PART]).isEqualTo((byte) 5);
    assertThat(Arrays.equals(bytes, 2 * PART, 2 * PART + 100, source, 17, 117)).isTrue();
  }

  @Test
  void a_copy_from_nothing_or_from_behind_the_end_is_refused() throws Exception {
    store().put(folder + "short", part(1, 100), PutCondition.always());
    try (MultipartUpload upload = store().startUpload(folder + "b", "audio/mpeg")) {
      assertThatThrownBy(
              () -> upload.copyPart(1, store(), folder + "nothing", new ByteRange(0, 10)))
          .isInstanceOf(NoSuchObjectException.class)
          .hasMessageContaining(folder + "nothing");
      assertThatThrownBy(() -> upload.copyPart(1, store(), folder + "short", new ByteRange(50, 51)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void completing_keeps_the_condition_and_leaves_the_upload_open_when_it_fails() throws Exception {
    String key = folder + "c";
    store().put(key, part(1, 10), PutCondition.always());
    try (MultipartUpload upload = store().startUpload(key, "audio/mpeg")) {
      upload.part(1, part(2, 20));
      assertThat(upload.complete(PutCondition.ifAbsent()).stored()).isFalse();
      assertThat(read(key)).hasSize(10);
      String etag = store().head(key).orElseThrow().etag();
      assertThat(upload.complete(PutCondition.ifMatch(etag)).stored()).isTrue();
    }
    assertThat(read(key)).hasSize(20);
  }

  /** Whether the store checks the condition and completes in one step, as S3 does. */
  protected boolean completesAtomically() {
    return true;
  }

  @Test
  void of_ten_uploads_if_absent_exactly_one_wins() throws Exception {
    String key = folder + "race";
    long winners =
        Racers.race(
                10,
                i ->
                    () -> {
                      try (MultipartUpload upload = store().startUpload(key, "audio/mpeg")) {
                        upload.part(1, part(i, 10 + i));
                        return upload.complete(PutCondition.ifAbsent()).stored();
                      }
                    })
            .stream()
            .filter(won -> won)
            .count();
    if (completesAtomically()) {
      assertThat(winners).isEqualTo(1);
    } else {
      assertThat(winners).isPositive(); // at the very same moment; the object is one of theirs
    }
    byte[] bytes = read(key);
    assertThat(bytes).hasSize(10 + bytes[0]);
  }

  @Test
  void an_upload_that_is_closed_leaves_nothing() throws Exception {
    try (MultipartUpload upload = store().startUpload(folder + "d", "audio/mpeg")) {
      upload.part(1, part(1, 100));
    }
    assertThat(store().head(folder + "d")).isEmpty();
    assertThat(store().list(folder + "d", "", 10).objects()).isEmpty();
  }

  @Test
  void a_part_that_is_too_small_or_missing_fails_the_completion() throws Exception {
    try (MultipartUpload upload = store().startUpload(folder + "e", "audio/mpeg")) {
      assertThatThrownBy(() -> upload.complete(PutCondition.always()))
          .isInstanceOf(IOException.class);
      upload.part(1, ObjectData.of("small".getBytes(UTF_8), "audio/mpeg"));
      upload.part(2, part(2, 10));
      assertThatThrownBy(() -> upload.complete(PutCondition.always()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> upload.part(10_001, part(1, 1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store().head(folder + "e")).isEmpty();
  }
}
