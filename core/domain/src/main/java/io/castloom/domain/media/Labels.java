package io.castloom.domain.media;

import io.castloom.domain.account.AccountId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rendition says about itself beside its sound. The sound is the same with and without it.
 *
 * @param tags texts by their names, see {@link #NAMES}; they win over the source's
 * @param fromSource whether the tags that the original brought are carried over
 * @param cover the digest of a {@link Picture} that is stored at {@link #coverKey}; null for none
 */
public record Labels(SortedMap<String, String> tags, boolean fromSource, @Nullable Sha256 cover) {

  /** The tags that a rendition can carry. */
  public static final List<String> NAMES =
      List.of("title", "artist", "album", "albumArtist", "genre", "date", "comment", "copyright");

  /** The most characters of a tag. */
  public static final int MAX_CHARACTERS = 1_000;

  /** Sorts and copies the tags, so that equal labels read the same everywhere. */
  public Labels {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** Labels of these tags alone. */
  public static Labels of(Map<String, String> tags) {
    return new Labels(new TreeMap<>(tags), false, null);
  }

  /** The same labels and what the original brought. */
  public Labels withSource() {
    return new Labels(tags, true, cover);
  }

  /** The same labels with a cover. */
  public Labels withCover(Sha256 picture) {
    return new Labels(tags, fromSource, picture);
  }

  /** The tags of a rendition of an original that brought these; the labels' own win. */
  public SortedMap<String, String> over(Map<String, String> source) {
    SortedMap<String, String> all = new TreeMap<>();
    if (fromSource) {
      source.forEach(
          (name, text) -> {
            if (NAMES.contains(name)) {
              all.put(name, text);
            }
          });
    }
    all.putAll(tags);
    return all;
  }

  /** All of it, each text with its length, so that no two different labels read the same. */
  String content() {
    StringBuilder all = new StringBuilder("Labels").append(fromSource).append(cover);
    tags.forEach((name, text) -> all.append(name).append(text.length()).append(':').append(text));
    return all.toString();
  }

  /** Where an account's picture lies in the private bucket. */
  public static String coverKey(AccountId account, Sha256 picture) {
    return "covers/" + account + "/" + picture;
  }
}
