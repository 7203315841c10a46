package io.castloom.domain.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether an account's own profile is one that the encoder can do and players can play. */
public final class ProfileRules {

  private static final Set<Integer> MPEG_RATES =
      Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);
  private static final List<Integer> MPEG1_KBPS =
      List.of(32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320);
  private static final List<Integer> MPEG2_KBPS =
      List.of(8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160);
  private static final Set<Integer> AAC_RATES =
      Set.of(
          8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200,
          96_000);
  private static final Set<Integer> OPUS_RATES = Set.of(8_000, 12_000, 16_000, 24_000, 48_000);

  private static final Pattern DATE =
      Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?");

  private ProfileRules() {}

  /**
   * Something that is wrong.
   *
   * @param field as the API names it
   * @param value as given
   * @param rule what it must be
   */
  public record Problem(String field, String value, String rule) {
    @Override
    public String toString() {
      return field + " " + value + ": " + rule;
    }
  }

  /** Everything that is wrong with a profile; empty when it can be used. */
  public static List<Problem> check(Profile profile) {
    List<Problem> problems = new ArrayList<>();
    Profile standard = StandardProfiles.ALL.get(profile.name());
    if (standard != null && !standard.equals(withoutExtras(profile))) {
      problems.add(
          new Problem(
              "name", profile.name(), "is a standard profile's; its content cannot be changed"));
    }
    switch (profile.codec()) {
      case MP3 -> mp3(profile, problems);
      case AAC -> {
        oneOf(problems, "sampleRate", profile.sampleRate(), AAC_RATES);
        bitrate(profile, 16, 256 * profile.channels(), problems);
      }
      case OPUS -> {
        oneOf(problems, "sampleRate", profile.sampleRate(), OPUS_RATES);
        bitrate(profile, 8, 256 * profile.channels(), problems);
      }
      case FLAC, WAV -> {
        if (profile.sampleRate() < 8_000 || profile.sampleRate() > 192_000) {
          problems.add(
              new Problem("sampleRate", "" + profile.sampleRate(), "is 8000 to 192000 Hz"));
        }
        if (!(profile.rate() instanceof Profile.Rate.Lossless)) {
          problems.add(new Problem("rate", "" + profile.rate(), "is lossless for FLAC and WAV"));
        }
      }
    }
    Labels labels = profile.labels();
    if (labels != null) {
      labels(profile.codec(), labels, problems);
    }
    return problems;
  }

  private static void labels(Codec codec, Labels labels, List<Problem> problems) {
    if (codec != Codec.MP3 && codec != Codec.AAC) {
      problems.add(
          new Problem("labels", codec.extension(), "only MP3 and M4A carry tags and a cover"));
    }
    labels
        .tags()
        .forEach(
            (name, text) -> {
              String field = "labels.tags." + name;
              if (!Labels.NAMES.contains(name)) {
                problems.add(new Problem(field, text, "the tags are " + Labels.NAMES));
              } else if (text.isBlank()
                  || text.length() > Labels.MAX_CHARACTERS
                  || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
                problems.add(
                    new Problem(
                        field,
                        "of " + text.length() + " characters",
                        "has 1 to %d characters and no control characters"
                            .formatted(Labels.MAX_CHARACTERS)));
              } else if (name.equals("date") && !DATE.matcher(text).matches()) {
                problems.add(new Problem(field, text, "is a year, 2026-11 or 2026-11-25"));
              }
            });
  }

  private static Profile withoutExtras(Profile profile) {
    return new Profile(
        profile.name(),
        profile.codec(),
        profile.sampleRate(),
        profile.channels(),
        profile.rate(),
        null);
  }

  private static void mp3(Profile profile, List<Problem> problems) {
    oneOf(problems, "sampleRate", profile.sampleRate(), MPEG_RATES);
    switch (profile.rate()) {
      case Profile.Rate.Bitrate(int kbps) -> {
        List<Integer> known = profile.sampleRate() >= 32_000 ? MPEG1_KBPS : MPEG2_KBPS;
        int most = profile.sampleRate() < 16_000 ? 64 : 320; // MPEG 2.5
        if (!known.contains(kbps) || kbps > most) {
          problems.add(
              new Problem(
                  "bitrate",
                  kbps + " kbit/s",
                  "at %d Hz MP3 has %s kbit/s"
                      .formatted(
                          profile.sampleRate(), known.stream().filter(k -> k <= most).toList())));
        }
      }
      case Profile.Rate.Quality(_) -> {}
      case Profile.Rate.Lossless() ->
          problems.add(new Problem("rate", "lossless", "MP3 has a bit rate or a quality"));
    }
  }

  private static void bitrate(Profile profile, int least, int most, List<Problem> problems) {
    switch (profile.rate()) {
      case Profile.Rate.Bitrate(int kbps) -> {
        if (kbps < least || kbps > most) {
          problems.add(
              new Problem(
                  "bitrate",
                  kbps + " kbit/s",
                  "%s with %d channel(s) has %d to %d kbit/s"
                      .formatted(profile.codec(), profile.channels(), least, most)));
        }
      }
      case Profile.Rate.Quality(int level) ->
          problems.add(
              new Problem("quality", "" + level, "only MP3 has a quality; give a bit rate"));
      case Profile.Rate.Lossless() ->
          problems.add(new Problem("rate", "lossless", profile.codec() + " needs a bit rate"));
    }
  }

  private static void oneOf(List<Problem> problems, String field, int value, Set<Integer> known) {
    if (!known.contains(value)) {
      problems.add(
          new Problem(field, value + " Hz", "is one of " + known.stream().sorted().toList()));
    }
  }
}
