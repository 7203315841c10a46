package io.castloom.domain.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class TimecodeProperties {
  @Property(tries = 500)
  void what_is_written_is_read_back(
      @ForAll @LongRange(min = 0, max = 3_600_000_000_000_000L) long nanos) {
    Duration time = Duration.ofNanos(nanos);
    assertThat(Timecode.parse(Timecode.format(time))).isEqualTo(time);
  }

  @Example
  void people_write_times_in_many_ways() {
    assertThat(Timecode.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Timecode.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Timecode.parse("42.5")).isEqualTo(Duration.ofMillis(42_500));
    assertThat(Timecode.parse("1:02:03,25")).isEqualTo(Duration.ofMillis(3_723_250));
    assertThat(Timecode.parse("250ms")).isEqualTo(Duration.ofMillis(250));
    for (String bad : new String[] {"", "x", "1:60", "1:61:00", "-5", "5 minutes", "1:2"}) {
      assertThatThrownBy(() -> Timecode.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
