package io.castloom.domain.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.Racers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} keeps of its promises; multipart is in {@link UploadContract}. */
public abstract class ObjectStoreContract {

  /** Where this test's objects are; a bucket may be shared by many. */
  protected final String folder = "contract/" + UUID.randomUUID() + "/";

  /** A bucket that exists. */
  protected abstract ObjectStore store();

  /** A bucket that does not exist. */
  protected abstract ObjectStore missingStore();

  static ObjectData text(String text) {
    return ObjectData.of(text.getBytes(UTF_8), "text/plain");
  }

  private String read(String key, @Nullable ByteRange range) throws IOException {
    try (ObjectContent content = store().get(key, range)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void what_was_put_is_read_back_with_its_size_type_and_etag() throws Exception {
    Instant before = Instant.now().minusSeconds(5);
    PutOutcome outcome =
        store()
            .put(
                folder + "a",
                ObjectData.of("0123456789".getBytes(UTF_8), "audio/mpeg"),
                PutCondition.always());
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    try (ObjectContent content = store().get(folder + "a", null)) {
      assertThat(content.stream().readAllBytes()).asString().isEqualTo("0123456789");
      assertThat(content.info().sizeBytes()).isEqualTo(10);
      assertThat(content.info().contentType()).isEqualTo("audio/mpeg");
      assertThat(new PutOutcome.Stored(content.info().etag())).isEqualTo(outcome);
    }
    ObjectInfo head = store().head(folder + "a").orElseThrow();
    assertThat(head.key()).isEqualTo(folder + "a");
    assertThat(head.sizeBytes()).isEqualTo(10);
    assertThat(head.contentType()).isEqualTo("audio/mpeg");
    assertThat(new PutOutcome.Stored(head.etag())).isEqualTo(outcome);
    assertThat(head.lastModified()).isBetween(before, Instant.now().plus(Duration.ofSeconds(5)));
  }

  @Test
  void an_empty_object_is_an_object() throws Exception {
    store().put(folder + "empty", text(""), PutCondition.ifAbsent());
    assertThat(read(folder + "empty", null)).isEmpty();
    assertThat(store().head(folder + "empty").orElseThrow().sizeBytes()).isZero();
  }

  @Test
  void a_key_may_have_spaces_signs_and_letters_of_any_language() throws Exception {
    String key = folder + "a b+c&d=%41 (1) ü 日.txt";
    store().put(key, text("x"), PutCondition.always());
    assertThat(read(key, null)).isEqualTo("x");
    assertThat(store().list(folder, "", 10).objects()).extracting(ObjectInfo::key).contains(key);
    store().delete(key);
    assertThat(store().head(key)).isEmpty();
  }

  @Test
  void a_key_that_some_store_cannot_hold_is_refused() {
    for (String key : List.of("", "/a", "a//b", "a/../b", "a/", "a\nb", "x".repeat(201))) {
      assertThatThrownBy(() -> store().put(key, text("x"), PutCondition.always()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void what_is_not_there_is_said_so() throws Exception {
    assertThat(store().head(folder + "nothing")).isEmpty();
    assertThatThrownBy(() -> store().get(folder + "nothing", null))
        .isInstanceOf(NoSuchObjectException.class)
        .hasMessageContaining(folder + "nothing")
        .hasMessageContaining(store().name());
    store().delete(folder + "nothing");
    store().deleteAll(List.of(folder + "nothing", folder + "neither"));
  }

  @Test
  void a_range_is_cut_at_the_end_and_refused_behind_it() throws Exception {
    String key = folder + "range";
    store().put(key, text("0123456789"), PutCondition.always());
    assertThat(read(key, new ByteRange(2, 3))).isEqualTo("234");
    assertThat(read(key, new ByteRange(8, 100))).isEqualTo("89");
    try (ObjectContent content = store().get(key, new ByteRange(2, 3))) {
      assertThat(content.info().sizeBytes()).isEqualTo(10);
    }
    assertThatThrownBy(() -> store().get(key, new ByteRange(10, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @Test
  void the_first_of_two_writers_if_absent_is_the_only_one() throws Exception {
    String key = folder + "once";
    assertThat(store().put(key, text("first"), PutCondition.ifAbsent()).stored()).isTrue();
    assertThat(store().put(key, text("second"), PutCondition.ifAbsent()))
        .isInstanceOf(PutOutcome.ConditionFailed.class);
    assertThat(read(key, null)).isEqualTo("first");
  }

  @Test
  void of_fifty_racers_if_absent_exactly_one_wins() throws Exception {
    String key = folder + "race";
    List<PutOutcome> outcomes =
        Racers.race(50, i -> () -> store().put(key, text("racer " + i), PutCondition.ifAbsent()));
    List<PutOutcome> winners = outcomes.stream().filter(PutOutcome::stored).toList();
    assertThat(winners).hasSize(1);
    assertThat(read(key, null)).isEqualTo("racer " + outcomes.indexOf(winners.getFirst()));
  }

  @Test
  void if_match_holds_for_the_present_etag_only() throws Exception {
    String key = folder + "document";
    assertThat(store().put(key, text("v1"), PutCondition.ifMatch("0123456789abcdef")).stored())
        .isFalse();
    assertThat(store().head(key)).isEmpty();
    String first = etag(store().put(key, text("v1"), PutCondition.ifAbsent()));
    String second = etag(store().put(key, text("v2"), PutCondition.ifMatch(first)));
    assertThat(store().put(key, text("v3"), PutCondition.ifMatch(first)).stored()).isFalse();
    assertThat(read(key, null)).isEqualTo("v2");
    assertThat(store().put(key, text("v3"), PutCondition.ifMatch(second)).stored()).isTrue();
  }

  private static String etag(PutOutcome outcome) {
    return outcome instanceof PutOutcome.Stored(String etag) ? etag : "not stored";
  }

  @Test
  void of_fifty_racers_with_compare_and_swap_none_is_lost() throws Exception {
    String key = folder + "counter";
    store().put(key, text("0"), PutCondition.ifAbsent());
    Racers.race(50, i -> () -> increment(key));
    assertThat(read(key, null)).isEqualTo("50");
  }

  private boolean increment(String key) throws IOException {
    while (true) {
      try (ObjectContent content = store().get(key, null)) {
        int value = Integer.parseInt(new String(content.stream().readAllBytes(), UTF_8));
        PutCondition same = PutCondition.ifMatch(content.info().etag());
        if (store().put(key, text(Integer.toString(value + 1)), same).stored()) {
          return true;
        }
      }
    }
  }

  @Test
  void data_that_are_not_as_long_as_they_say_are_not_stored() throws Exception {
    for (int size : new int[] {9, 11}) {
      ObjectData wrong =
          new ObjectData() {
            @Override
            public long sizeBytes() {
              return size;
            }

            @Override
            public String contentType() {
              return "text/plain";
            }

            @Override
            public InputStream open() throws IOException {
              return text("0123456789").open();
            }
          };
      assertThatThrownBy(() -> store().put(folder + "wrong", wrong, PutCondition.always()))
          .isInstanceOf(IOException.class);
      assertThat(store().head(folder + "wrong")).isEmpty();
    }
  }

  @Test
  void more_than_a_thousand_objects_are_listed_in_order_by_pages() throws Exception {
    Racers.race(
        10,
        racer ->
            () -> {
              for (int i = racer; i < 1010; i += 10) {
                store().put(folder + "l/%04d".formatted(i), text(""), PutCondition.always());
              }
              return true;
            });
    store().put(folder + "l-not", text(""), PutCondition.always());
    ObjectPage first = store().list(folder + "l/", "", 1000);
    assertThat(first.objects()).hasSize(1000);
    assertThat(first.more()).isTrue();
    assertThat(first.objects())
        .extracting(ObjectInfo::key)
        .isSorted()
        .startsWith(folder + "l/0000")
        .endsWith(folder + "l/0999");
    ObjectPage second = store().list(folder + "l/", folder + "l/0999", 1000);
    assertThat(second.objects())
        .extracting(ObjectInfo::key)
        .hasSize(10)
        .endsWith(folder + "l/1009");
    assertThat(second.more()).isFalse();
    ObjectPage some = store().list(folder + "l/05", "", 3);
    assertThat(some.objects())
        .extracting(ObjectInfo::key)
        .containsExactly(folder + "l/0500", folder + "l/0501", folder + "l/0502");
    assertThat(some.more()).isTrue();
    List<String> all = first.objects().stream().map(ObjectInfo::key).toList();
    store().deleteAll(all);
    assertThat(store().list(folder + "l/", "", 1000).objects()).hasSize(10);
  }

  @Test
  void streams_that_are_closed_early_cost_nothing_later() throws Exception {
    String key = folder + "long";
    store().put(key, ObjectData.of(new byte[200_000], "audio/wav"), PutCondition.always());
    for (int i = 0; i < 300; i++) { // more than any connection pool has
      try (ObjectContent content = store().get(key, null)) {
        assertThat(content.stream().read()).isZero();
      }
    }
  }

  @Test
  void a_missing_bucket_is_named_by_every_call() {
    ObjectStore missing = missingStore();
    String key = folder + "a";
    Map<String, Attempt> attempts = new LinkedHashMap<>();
    attempts.put("head", () -> missing.head(key));
    attempts.put("get", () -> missing.get(key, null));
    attempts.put("put", () -> missing.put(key, text("x"), PutCondition.always()));
    attempts.put("put if absent", () -> missing.put(key, text("x"), PutCondition.ifAbsent()));
    attempts.put("put if match", () -> missing.put(key, text("x"), PutCondition.ifMatch("0")));
    attempts.put("upload", () -> missing.startUpload(key, "text/plain"));
    attempts.put("list", () -> missing.list(folder, "", 10));
    attempts.put("delete", () -> missing.delete(key));
    attempts.forEach(
        (name, attempt) ->
            assertThatThrownBy(attempt::run, name)
                .isInstanceOf(NoSuchStoreException.class)
                .hasMessageContaining(missing.name()));
  }

  private interface Attempt {
    void run() throws IOException;
  }
}
