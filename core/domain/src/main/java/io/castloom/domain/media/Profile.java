package io.castloom.domain.media;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a rendition is encoded. Two profiles of one name and different content never share a key:
 * {@link #key()} carries a digest of the content for all but the standard ones.
 *
 * @param name 1 to 40 of {@code [a-z0-9-]}
 * @param sampleRate in Hz, one that the codec can do
 * @param channels 1 or 2
 * @param rate bit rate or quality
 * @param loudnessLufs integrated loudness to bring it to by one linear gain, -40 to -5 LUFS; null
 *     to leave it as recorded
 * @param labels tags and cover; null for a rendition that says nothing about itself
 */
public record Profile(
    String name,
    Codec codec,
    int sampleRate,
    int channels,
    Rate rate,
    @Nullable Double loudnessLufs,
    @Nullable Labels labels) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  /** How many bits it may cost. */
  public sealed interface Rate {
    /** Constant (MP3, Opus) or target (AAC) bit rate in kbit/s, 8 to 512. */
    record Bitrate(int kbps) implements Rate {
      public Bitrate {
        if (kbps < 8 || kbps > 512) {
          throw new IllegalArgumentException("bit rate out of 8..512 kbit/s: " + kbps);
        }
      }
    }

    /** Variable bit rate by LAME's quality, 0 (best) to 9. */
    record Quality(int level) implements Rate {
      public Quality {
        if (level < 0 || level > 9) {
          throw new IllegalArgumentException("VBR quality out of 0..9: " + level);
        }
      }
    }

    /** Nothing is lost, so there is nothing to choose. */
    record Lossless() implements Rate {}
  }

  public Profile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a profile's name is 1 to 40 of a-z, 0-9 and '-': \"" + name + "\"");
    }
    Objects.requireNonNull(codec);
    Objects.requireNonNull(rate);
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("profile " + name + ": channels must be 1 or 2");
    }
    if (loudnessLufs != null && (loudnessLufs < -40 || loudnessLufs > -5)) {
      throw new IllegalArgumentException(
          "profile " + name + ": loudness out of -40..-5 LUFS: " + loudnessLufs);
    }
  }

  /** A profile without tags and cover. */
  public Profile(
      String name,
      Codec codec,
      int sampleRate,
      int channels,
      Rate rate,
      @Nullable Double loudnessLufs) {
    this(name, codec, sampleRate, channels, rate, loudnessLufs, null);
  }

  /** This profile brought to a loudness. */
  public Profile withLoudness(double lufs) {
    return new Profile(name, codec, sampleRate, channels, rate, lufs, labels);
  }

  /** This profile with tags and a cover, or null for without. */
  public Profile withLabels(@Nullable Labels others) {
    return new Profile(name, codec, sampleRate, channels, rate, loudnessLufs, others);
  }

  /**
   * How much quieter the encoder makes it by itself, in dB: LAME's presets scale by 0.95 at
   * constant bit rates up to 160 kbit/s and by 0.97 up to 224 (measured with LAME 3.100).
   */
  public double encoderLossDb() {
    return codec == Codec.MP3 && rate instanceof Rate.Bitrate(int kbps)
        ? (kbps <= 160 ? 0.45 : kbps <= 224 ? 0.26 : 0)
        : 0;
  }

  /** Names the rendition in keys: the name alone for a standard profile, else with a digest. */
  public String key() {
    return this.equals(StandardProfiles.ALL.get(name))
        ? name
        : name
            + "."
            + Sha256.of(content().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex()
                .substring(0, 12);
  }

  /** Names all that makes the rendition's bytes; without labels as before there were any. */
  private String content() {
    String sound =
        "Profile[name=%s, codec=%s, sampleRate=%d, channels=%d, rate=%s, loudnessLufs=%s]"
            .formatted(name, codec, sampleRate, channels, rate, loudnessLufs);
    return labels == null ? sound : sound + labels.content();
  }
}
