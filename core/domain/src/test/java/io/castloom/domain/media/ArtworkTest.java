package io.castloom.domain.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArtworkTest {

  @Test
  void a_square_picture_that_directories_take_is_taken() {
    assertThat(Artwork.problem(Pictures.png(1_400, 1_400))).isNull();
    assertThat(Artwork.problem(Pictures.png(3_000, 3_000))).isNull();
    assertThat(Artwork.problem(Pictures.jpeg(1_400, 1_400, 3))).isNull();
    assertThat(Artwork.problem(Pictures.jpeg(2_048, 2_048, 1))).isNull();
  }

  @Test
  void another_one_is_told_what_it_is_and_what_it_must_be() {
    String rule = "must be a square JPEG or PNG of 1400 to 3000 pixels and at most 1 MiB";
    assertThat(Artwork.problem(Pictures.png(1_399, 1_399))).contains("1399 x 1399 pixels", rule);
    assertThat(Artwork.problem(Pictures.png(3_001, 3_001))).contains("3001 x 3001 pixels", rule);
    assertThat(Artwork.problem(Pictures.jpeg(1_400, 1_600, 3))).contains("1400 x 1600", rule);
    assertThat(Artwork.problem(Pictures.jpeg(1_400, 1_400, 4))).contains("CMYK", rule);
    assertThat(Artwork.problem(new byte[100])).contains("neither a JPEG nor a PNG", rule);
    assertThat(Artwork.problem(new byte[Picture.MOST_BYTES + 1])).contains("1048577 bytes", rule);
  }

  @Property
  void a_picture_that_was_cut_off_is_no_cover_and_no_fault(
      @ForAll @IntRange(max = 220) int length, @ForAll boolean png) {
    byte[] whole = png ? Pictures.png(1_400, 1_400) : Pictures.jpeg(1_400, 1_400, 3);
    String wrong = Artwork.problem(Arrays.copyOf(whole, Math.min(length, whole.length)));
    assertThat(wrong == null).isEqualTo(length >= (png ? 25 : whole.length - 9));
  }

  @Property
  void any_bytes_behind_a_signature_are_judged(@ForAll byte[] bytes, @ForAll boolean png) {
    byte[] head = png ? Pictures.png(1, 1) : Pictures.jpeg(1, 1, 3);
    System.arraycopy(bytes, 0, head, 4, Math.min(bytes.length, head.length - 4));
    assertThat(Artwork.problem(head)).isNotEqualTo("");
  }
}
