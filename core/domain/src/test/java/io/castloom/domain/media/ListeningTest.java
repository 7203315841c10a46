package io.castloom.domain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ListeningTest {

  @Test
  void silence_does_not_count_and_neither_does_what_is_much_quieter() {
    float[] values = new float[300];
    Arrays.fill(values, 0, 100, -20f);
    Arrays.fill(values, 100, 200, -90f);
    Arrays.fill(values, 200, 300, -45f);
    Analysis analysis = listening(values, new byte[0]).judge();
    assertThat(analysis.integratedLufs()).isCloseTo(-20.0, within(0.001));
  }

  @Test
  void a_recording_of_silence_has_no_loudness_and_gets_no_gain() {
    float[] values = new float[50];
    Arrays.fill(values, -120f);
    Analysis analysis = listening(values, new byte[0]).judge();
    assertThat(analysis.integratedLufs()).isNull();
    Profile profile = StandardProfiles.ALL.sequencedValues().getFirst().withLoudness(-16);
    assertThat(analysis.gainDb(profile)).isZero();
  }

  @Test
  void a_pause_is_found_where_it_is() {
    byte[] peaks = new byte[2 * 500];
    Arrays.fill(peaks, 0, 400, (byte) 50);
    Arrays.fill(peaks, 520, 1000, (byte) -50);
    Analysis analysis = listening(new float[50], peaks).judge();
    assertThat(analysis.silences())
        .containsExactly(new Analysis.Silence(Duration.ofMillis(2000), Duration.ofMillis(2600)));
  }

  @Test
  void what_was_stored_is_read_back() throws Exception {
    Listening heard = listening(new float[] {-20f, -21.5f}, new byte[] {-3, 4});
    assertThat(Listening.decode(heard.encode())).isEqualTo(heard);
  }

  private static Listening listening(float[] values, byte[] peaks) {
    return new Listening(values, values, values, -3, peaks, 5);
  }
}
