package io.castloom.domain.show;

import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Slug;
import io.castloom.domain.media.Sha256;

/** What the {@code cover} of a show or an episode names. */
public sealed interface CoverSource {

  /**
   * A picture somewhere else.
   *
   * @param address http or https; may be empty where a show was never checked
   */
  record Address(String address) implements CoverSource {}

  /**
   * A picture that the show's account stored here.
   *
   * @param picture its name
   */
  record Stored(Sha256 picture) implements CoverSource {}

  /** What the text of a document means. */
  static CoverSource of(String cover) {
    return Slug.sha256(cover) ? new Stored(new Sha256(cover)) : new Address(cover);
  }

  /** Notes a cover that can be neither; whether a stored one is there, only its store knows. */
  static void check(String cover, Problems problems) {
    if (of(cover) instanceof Address(String address) && !About.isAddress(address)) {
      problems.check(
          address.isEmpty(), // already told as missing, or allowed to be absent
          "cover",
          address,
          "must be an http or https address, or the digest of a stored cover");
    }
  }
}
