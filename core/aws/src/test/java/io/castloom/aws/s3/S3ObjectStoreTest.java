package io.castloom.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the adapter makes of answers that no emulator gives. */
final class S3ObjectStoreTest {

  private static final byte[] MINE = "mine".getBytes(UTF_8);
  private LossyS3 s3;

  @BeforeEach
  void start() throws IOException {
    s3 = new LossyS3();
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private PutOutcome putIfAbsent() throws IOException {
    return s3.store().put("a", ObjectData.of(MINE, "text/plain"), PutCondition.ifAbsent());
  }

  @Test
  void a_write_whose_answer_was_lost_knows_its_own_object() throws Exception {
    s3.losesNext(1);
    assertThat(putIfAbsent()).isEqualTo(new PutOutcome.Stored(LossyS3.md5(MINE)));
    assertThat(s3.calls.counts()).isEqualTo(Map.of("S3.PutObject", 2L, "S3.HeadObject", 1L));
  }

  @Test
  void a_write_that_came_second_asks_no_further() throws Exception {
    s3.holds("a", "theirs".getBytes(UTF_8));
    assertThat(putIfAbsent()).isEqualTo(new PutOutcome.ConditionFailed());
    assertThat(s3.calls.counts()).isEqualTo(Map.of("S3.PutObject", 1L));
  }

  @Test
  void writes_that_meet_are_tried_again() throws Exception {
    s3.conflictsNext(2);
    assertThat(putIfAbsent().stored()).isTrue();
    s3.conflictsNext(100);
    assertThatThrownBy(() -> s3.store().put("b", ObjectData.of(MINE, "a/b"), PutCondition.always()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PutObject of b in bucket");
  }
}
