package io.castloom.ingest.http;

import io.castloom.domain.media.Sha256;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Content-Digest} header (RFC 9530), of which {@code sha-256} is understood. */
final class ContentDigest {
  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]*):", Pattern.CASE_INSENSITIVE);

  private ContentDigest() {}

  /** The digest that was announced; null when none of a known kind was. */
  static @Nullable Sha256 sha256(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher match = SHA_256.matcher(header);
    if (!match.find()) {
      return null;
    }
    try {
      byte[] digest = Base64.getDecoder().decode(match.group(1));
      if (digest.length == 32) {
        return Sha256.finish(digest);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Call.wrong("Content-Digest", header, "is sha-256=:BASE64: of 32 bytes");
  }
}
