package io.castloom.domain.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The profiles that every account has; their names and contents are stable. */
public final class StandardProfiles {

  /** By name, in the order in which they are shown. */
  public static final SequencedMap<String, Profile> ALL =
      java.util.Collections.unmodifiableSequencedMap(
          byName(
              new Profile("mp3-128", Codec.MP3, 44_100, 2, new Profile.Rate.Bitrate(128), null),
              new Profile("mp3-192", Codec.MP3, 44_100, 2, new Profile.Rate.Bitrate(192), null),
              new Profile("mp3-64-mono", Codec.MP3, 44_100, 1, new Profile.Rate.Bitrate(64), null),
              new Profile("mp3-v2", Codec.MP3, 44_100, 2, new Profile.Rate.Quality(2), null),
              new Profile("mp3-v4", Codec.MP3, 44_100, 2, new Profile.Rate.Quality(4), null),
              new Profile("aac-128", Codec.AAC, 44_100, 2, new Profile.Rate.Bitrate(128), null),
              new Profile("opus-64", Codec.OPUS, 48_000, 2, new Profile.Rate.Bitrate(64), null),
              new Profile("flac", Codec.FLAC, 44_100, 2, new Profile.Rate.Lossless(), null),
              new Profile("voice", Codec.FLAC, 16_000, 1, new Profile.Rate.Lossless(), null)));

  /** What an account gets that asked for nothing else. */
  public static final List<String> DEFAULT = List.of("mp3-128");

  private StandardProfiles() {}

  private static SequencedMap<String, Profile> byName(Profile... profiles) {
    SequencedMap<String, Profile> map = new LinkedHashMap<>();
    for (Profile profile : profiles) {
      map.put(profile.name(), profile);
    }
    return map;
  }
}
