package io.castloom.assembler.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A page of a feed.
 *
 * @param number from 1
 * @param xml the document, in UTF-8
 */
public record FeedPage(int number, String xml) {
  /** The media type of a feed. */
  public static final String MEDIA_TYPE = "application/rss+xml; charset=utf-8";

  /** Checks that nothing is null. */
  public FeedPage {
    Objects.requireNonNull(xml);
  }

  /** The bytes that are stored. */
  public byte[] bytes() {
    return xml.getBytes(StandardCharsets.UTF_8);
  }

  /** A strong entity tag with its quotes: equal when and only when the bytes are. */
  public String etag() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes());
      return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
