package io.castloom.assembler.feed;

import java.net.URI;
import java.util.Objects;

/**
 * Where feeds are found.
 *
 * @param base the public address without a slash at its end, {@code https://example.org}
 */
public record FeedAddresses(URI base) {
  /** Checks that the address is absolute. */
  public FeedAddresses {
    Objects.requireNonNull(base);
    if (!base.isAbsolute() || base.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "a feed's base address is absolute and ends without a slash: " + base);
    }
  }

  /** The address of a page, counted from 1; the first one is the feed that people subscribe to. */
  public URI page(String show, int page) {
    return URI.create(base + "/" + key(show, page));
  }

  /** The key of a page in the public bucket. */
  public static String key(String show, int page) {
    return page == 1 ? "feeds/" + show + ".xml" : "feeds/" + show + "/" + page + ".xml";
  }
}
