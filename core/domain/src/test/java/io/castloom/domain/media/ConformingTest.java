package io.castloom.domain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ConformingTest {
  private static final Conforming PLAIN = Conforming.withFade(Duration.ofMillis(5));
  private static final Sha256 ORIGINAL = Sha256.of(new byte[1]);
  private static final Profile MP3 = Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128"));

  @Test
  void an_ordinary_piece_keeps_the_key_that_it_always_had() {
    assertThat(PieceKey.conformed(ORIGINAL, MP3, PLAIN, "build").audio())
        .isEqualTo("pieces/" + ORIGINAL + "/mp3-128.fade5/build/audio.mp3");
  }

  @Test
  void a_piece_that_is_encoded_again_says_so_in_its_key_and_has_the_same_fades() {
    Conforming again = PLAIN.onceMore();
    assertThat(again.fade()).isEqualTo(PLAIN.fade());
    assertThat(PieceKey.conformed(ORIGINAL, MP3, again, "build").audio())
        .isEqualTo("pieces/" + ORIGINAL + "/mp3-128.fade5.again/build/audio.mp3");
  }

  @Test
  void both_are_read_from_their_texts() {
    assertThat(Conforming.parse("PT0.005S")).isEqualTo(PLAIN);
    assertThat(Conforming.parse("PT0.005S again")).isEqualTo(PLAIN.onceMore());
    assertThat(Conforming.parse(PLAIN.onceMore().toString())).isEqualTo(PLAIN.onceMore());
  }

  @Test
  void what_is_no_fade_is_refused_in_words() {
    assertThatThrownBy(() -> Conforming.parse("5 ms"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 ms");
    assertThatThrownBy(() -> Conforming.withFade(Duration.ofSeconds(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 1 s");
  }
}
