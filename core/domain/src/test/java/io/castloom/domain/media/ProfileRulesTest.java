package io.castloom.domain.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Profile.Rate;
import org.junit.jupiter.api.Test;

final class ProfileRulesTest {

  @Test
  void every_standard_profile_is_valid_with_and_without_a_loudness() {
    for (Profile profile : StandardProfiles.ALL.values()) {
      assertThat(ProfileRules.check(profile)).isEmpty();
      assertThat(ProfileRules.check(profile.withLoudness(-16))).isEmpty();
    }
  }

  @Test
  void a_problem_names_the_field_the_value_and_the_rule() {
    Profile odd = new Profile("mine", Codec.MP3, 44_100, 2, new Rate.Bitrate(100), null);
    assertThat(ProfileRules.check(odd))
        .singleElement()
        .asString()
        .contains("bitrate", "100 kbit/s", "128");
  }

  @Test
  void what_the_encoder_cannot_do_is_refused() {
    assertThat(check(Codec.MP3, 96_000, new Rate.Bitrate(128))).isNotEmpty();
    assertThat(check(Codec.MP3, 11_025, new Rate.Bitrate(128))).isNotEmpty();
    assertThat(check(Codec.MP3, 44_100, new Rate.Lossless())).isNotEmpty();
    assertThat(check(Codec.OPUS, 44_100, new Rate.Bitrate(64))).isNotEmpty();
    assertThat(check(Codec.AAC, 44_100, new Rate.Quality(3))).isNotEmpty();
    assertThat(check(Codec.FLAC, 44_100, new Rate.Bitrate(128))).isNotEmpty();
    assertThat(check(Codec.MP3, 22_050, new Rate.Bitrate(64))).isEmpty();
  }

  @Test
  void a_standard_name_keeps_its_content() {
    Profile fake = new Profile("mp3-128", Codec.MP3, 44_100, 2, new Rate.Bitrate(64), null);
    assertThat(ProfileRules.check(fake)).singleElement().asString().contains("standard");
  }

  private static java.util.List<ProfileRules.Problem> check(Codec codec, int hz, Rate rate) {
    return ProfileRules.check(new Profile("mine", codec, hz, 2, rate, null));
  }
}
