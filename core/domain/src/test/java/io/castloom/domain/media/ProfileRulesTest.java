package io.castloom.domain.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
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

  @Test
  void tags_are_known_ones_of_a_sensible_length_in_files_that_carry_them() {
    Profile mp3 = new Profile("mine", Codec.MP3, 44_100, 2, new Rate.Bitrate(128), null);
    Labels good = Labels.of(java.util.Map.of("title", "Eins", "date", "2026-11"));
    assertThat(ProfileRules.check(mp3.withLabels(good))).isEmpty();
    assertThat(ProfileRules.check(mp3.withLabels(Labels.of(java.util.Map.of("titel", "Eins")))))
        .singleElement()
        .asString()
        .contains("labels.tags.titel", "[title, artist, album");
    assertThat(
            ProfileRules.check(
                mp3.withLabels(
                    Labels.of(java.util.Map.of("date", "25.11.2026", "title", "x".repeat(1_001))))))
        .extracting(Object::toString)
        .containsExactly(
            "labels.tags.date 25.11.2026: is a year, 2026-11 or 2026-11-25",
            "labels.tags.title of 1001 characters: has 1 to 1000 characters and no control"
                + " characters");
    Profile opus = new Profile("mine", Codec.OPUS, 48_000, 2, new Rate.Bitrate(64), null);
    assertThat(ProfileRules.check(opus.withLabels(good)))
        .singleElement()
        .asString()
        .contains("only MP3 and M4A carry tags");
  }

  @Test
  void labels_make_another_rendition_and_none_leave_the_key_as_it_was() {
    Profile mine = new Profile("mine", Codec.MP3, 44_100, 2, new Rate.Bitrate(96), -16.0);
    String text =
        "Profile[name=mine, codec=MP3, sampleRate=44100, channels=2, rate=Bitrate[kbps=96],"
            + " loudnessLufs=-16.0]";
    assertThat(mine.key())
        .isEqualTo("mine." + Sha256.of(text.getBytes(US_ASCII)).hex().substring(0, 12));
    Labels one = Labels.of(java.util.Map.of("title", "Eins", "album", "A"));
    assertThat(mine.withLabels(one).key()).isNotEqualTo(mine.key());
    assertThat(mine.withLabels(one).key())
        .isNotEqualTo(mine.withLabels(one.withSource()).key())
        .isEqualTo(
            mine.withLabels(Labels.of(java.util.Map.of("album", "A", "title", "Eins"))).key());
  }
}
